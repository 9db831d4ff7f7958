import { sql } from "drizzle-orm";
import { rowsOf, type Transaction } from "@/db/client";
import { domainEvents } from "@/db/schema/conversations";
import { FACTS, type FactPayload, type FactType } from "@/lib/events/catalogue";
import { type JobName, type JobRoute, ROUTES } from "@/lib/events/routes";
import { isRuleActing } from "./rule-scope";

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
  /** The fact that some rule of the merchant must wait for; the job is told the fact's id as `eventId`. */
  readonly watched?: { readonly fact: FactType; readonly merchantId: string };
}

/** Jobs that a fact causes, from the routes table. */
export function jobsOf<Type extends FactType>(
  type: Type,
  payload: FactPayload<Type>,
  merchantId: string,
): JobRequest[] {
  const routes = (ROUTES[type] as readonly JobRoute<Type>[]).filter((route) => !(route.onlyWatched && isRuleActing()));
  return routes.map((route) => ({
    name: route.job,
    payload: route.payload(payload, merchantId),
    lane: route.lane?.(payload, merchantId),
    key: route.key?.(payload, merchantId),
    delay: route.delaySeconds,
    status: route.onlyStatus,
    delivering: route.onlyDelivering,
    ...(route.onlyWatched && { watched: { fact: type, merchantId } }),
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
    run_at => ${runAt}, job_key => ${job.key ?? null})
    ${
      job.watched
        ? sql`where exists (select 1 from automations
              where merchant_id = ${job.watched.merchantId} and event = ${job.watched.fact} and enabled)`
        : sql``
    }`,
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
  const [fact] = await tx
    .insert(domainEvents)
    .values({
      type,
      merchantId: scope.merchantId,
      conversationId,
      payload: checked,
      occurredAt: scope.at,
      publishedAt: scope.at,
    })
    .returning({ id: domainEvents.id });
  for (const job of jobsOf(type, checked, scope.merchantId)) {
    await enqueue(tx, job.watched ? { ...job, payload: { ...job.payload, eventId: fact?.id } } : job);
  }
}
