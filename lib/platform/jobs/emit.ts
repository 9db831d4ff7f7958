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
  /** What the integrator of the conversation's channel has to want to hear of; the job is told the fact's id, too. */
  readonly wanted?: string;
  /** Kind that the conversation's channel has to be of. */
  readonly kind?: string;
}

/** Jobs that a fact causes, from the routes table. */
export function jobsOf<Type extends FactType>(
  type: Type,
  payload: FactPayload<Type>,
  merchantId: string,
): JobRequest[] {
  const routes = (ROUTES[type] as readonly JobRoute<Type>[]).filter(
    (route) => !(route.onlyWatched && isRuleActing()) && (route.when?.(payload) ?? true),
  );
  return routes.map((route) => ({
    name: route.job,
    payload: route.payload(payload, merchantId),
    lane: route.lane?.(payload, merchantId),
    key: route.key?.(payload, merchantId),
    delay: route.delaySeconds,
    status: route.onlyStatus,
    delivering: route.onlyDelivering,
    ...(route.onlyWatched && { watched: { fact: type, merchantId } }),
    ...(route.onlyWanted !== undefined && { wanted: route.onlyWanted }),
    ...(route.onlyKind !== undefined && { kind: route.onlyKind }),
  }));
}

/**
 * Puts jobs on the queue inside the caller's transaction: they exist exactly if the change does.
 * Taking a Transaction, not an Executor, makes a job outside one impossible.
 */
async function enqueueAll(tx: Transaction, jobs: readonly JobRequest[]): Promise<void> {
  if (jobs.length === 0) {
    return;
  }
  await rowsOf(
    tx,
    sql`select graphile_worker.add_job(
    identifier => job ->> 'name', payload => (job -> 'payload')::json, queue_name => job ->> 'lane',
    run_at => clock_timestamp() + make_interval(secs => (job ->> 'delay')::double precision), job_key => job ->> 'key')
    from jsonb_array_elements(${JSON.stringify(jobs)}::text::jsonb) as job
    where (job -> 'watched' is null or exists (
      select 1 from automations where enabled
        and merchant_id = job -> 'watched' ->> 'merchantId' and event = job -> 'watched' ->> 'fact'))
      and (job -> 'wanted' is null and job -> 'kind' is null or exists (
        select 1 from conversations c join channels ch on ch.id = c.channel_id
        where c.id = job -> 'payload' ->> 'conversationId'
          and (job -> 'wanted' is null or ch.config -> 'events' ? (job ->> 'wanted'))
          and (job -> 'kind' is null or ch.type = job ->> 'kind')))`,
  );
}

/** The same for one job. */
export function enqueue(tx: Transaction, job: JobRequest): Promise<void> {
  return enqueueAll(tx, [job]);
}

/**
 * Records facts of one type and queues the jobs they cause, in the caller's transaction; three statements for any number.
 *
 * @param scope merchant the facts belong to, and the time they happened
 * @throws ZodError when a payload is not the catalogue's: a wrong fact would poison every consumer
 */
export async function emitAll<Type extends FactType>(
  tx: Transaction,
  scope: { readonly merchantId: string; readonly at: Date },
  type: Type,
  payloads: readonly FactPayload<Type>[],
): Promise<void> {
  const checked = payloads.map((payload) => FACTS[type].parse(payload) as FactPayload<Type> & Record<string, unknown>);
  if (checked.length === 0) {
    return;
  }
  const facts = await tx
    .insert(domainEvents)
    .values(
      checked.map((payload) => ({
        type,
        merchantId: scope.merchantId,
        conversationId: "conversationId" in payload ? String(payload.conversationId) : null,
        payload,
        occurredAt: scope.at,
        publishedAt: scope.at,
      })),
    )
    .returning({ id: domainEvents.id });
  const jobs = checked.flatMap((payload, index) =>
    jobsOf(type, payload, scope.merchantId).map((job) =>
      job.watched || job.wanted ? { ...job, payload: { ...job.payload, eventId: facts[index]?.id } } : job,
    ),
  );
  await enqueueAll(tx, jobs);
}

/** Records one fact; see `emitAll`. */
export function emit<Type extends FactType>(
  tx: Transaction,
  scope: { readonly merchantId: string; readonly at: Date },
  type: Type,
  payload: FactPayload<Type>,
): Promise<void> {
  return emitAll(tx, scope, type, [payload]);
}
