import { sql } from "drizzle-orm";
import { rowsOf, type Transaction } from "@/db/client";
import { domainEvents } from "@/db/schema/conversations";
import { FACTS, type FactPayload, type FactType } from "@/lib/events/catalogue";
import { type JobName, type JobRoute, ROUTES } from "@/lib/events/routes";

/** One job as `append_message` and `enqueue` take it. */
export interface JobRequest {
  readonly name: JobName;
  readonly payload: Record<string, unknown>;
  readonly lane?: string;
  readonly key?: string;
  /** Seconds from now. */
  readonly delay?: number;
  /** Only when the conversation is in this status (checked inside `append_message`). */
  readonly status?: string;
  /** Only on channels whose replies go out through an adapter (checked inside `append_message`). */
  readonly delivering?: boolean;
}

/** Jobs that a fact causes, from the routes table. */
export function jobsOf<Type extends FactType>(
  type: Type,
  payload: FactPayload<Type>,
  merchantId: string,
): JobRequest[] {
  return (ROUTES[type] as readonly JobRoute<Type>[]).map((route) => ({
    name: route.job,
    payload: route.payload(payload, merchantId),
    lane: route.lane?.(payload, merchantId),
    key: route.key?.(payload, merchantId),
    delay: route.delaySeconds,
    status: route.onlyStatus,
    delivering: route.onlyDelivering,
  }));
}

/**
 * Puts a job on the queue inside the caller's transaction: it exists exactly if the change does.
 * Taking a Transaction, not an Executor, makes a job outside one impossible.
 */
export async function enqueue(tx: Transaction, job: JobRequest): Promise<void> {
  const runAt = job.delay === undefined ? sql`null` : sql`clock_timestamp() + make_interval(secs => ${job.delay})`;
  await rowsOf(
    tx,
    sql`select graphile_worker.add_job(
    identifier => ${job.name}, payload => ${JSON.stringify(job.payload)}::json, queue_name => ${job.lane ?? null},
    run_at => ${runAt}, job_key => ${job.key ?? null})`,
  );
}

/**
 * Records a fact and queues the jobs it causes, in the caller's transaction.
 *
 * @param scope merchant the fact belongs to, and the time it happened
 * @throws ZodError when the payload is not the catalogue's: a wrong fact would poison every consumer
 */
export async function emit<Type extends FactType>(
  tx: Transaction,
  scope: { readonly merchantId: string; readonly at: Date },
  type: Type,
  payload: FactPayload<Type>,
): Promise<void> {
  const checked = FACTS[type].parse(payload) as FactPayload<Type> & Record<string, unknown>;
  const conversationId = "conversationId" in checked ? String(checked.conversationId) : null;
  await tx.insert(domainEvents).values({
    type,
    merchantId: scope.merchantId,
    conversationId,
    payload: checked,
    occurredAt: scope.at,
    publishedAt: scope.at,
  });
  for (const job of jobsOf(type, checked, scope.merchantId)) {
    await enqueue(tx, job);
  }
}
