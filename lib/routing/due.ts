import { type SQL, sql } from "drizzle-orm";

/** The moment a sweep runs for, and the moment before which nothing counts (see clock.ts). */
export interface Sweep {
  readonly at: Date;
  readonly from: Date;
}

/** What was stamped so much after a sweep began is no news that came while it ran, but a clock that was set back, in seconds. */
const SET_BACK_SECONDS = 60;

/**
 * True when so many seconds have passed since a moment. Time before `from` does not count, and a stamp from the future (a
 * clock that was set back) counts from `from`. What happened while a slow sweep runs has only just happened.
 */
export function passed(since: SQL, seconds: number, { at, from }: Sweep): SQL {
  const now = sql`${at.toISOString()}::timestamptz`;
  const start = sql`${from.toISOString()}::timestamptz`;
  const future = sql`${now} + make_interval(secs => ${SET_BACK_SECONDS})`;
  return sql`${now} - case when ${since} > ${future} then ${start} else greatest(${since}, ${start}) end
    >= make_interval(secs => ${seconds})`;
}

/** Some other agent is online and has room: only then is anything gained by taking a conversation away. */
const othersHaveRoom = sql`exists (
  select 1 from memberships m join users u on u.id = m.user_id
  where m.merchant_id = c.merchant_id and m.id <> c.assignee_id and m.presence = 'online'
    and not m.disabled and not u.disabled
    and m.capacity > (select count(*) from conversations o where o.assignee_id = m.id and o.status in ('assigned', 'snoozed')))`;

const since = sql`greatest(c.waiting_since, c.assigned_at)`;
const waits = sql`c.status = 'assigned' and c.waiting_since is not null`;

/** In line for long, and not told yet. */
export const longQueued = (seconds: number, sweep: Sweep): SQL =>
  sql`c.status = 'queued' and c.queue_told_at is null and ${passed(sql`c.queued_at`, seconds, sweep)}`;

/** Assigned, and never opened by its agent. */
export const notAccepted = (seconds: number, sweep: Sweep): SQL =>
  sql`c.status = 'assigned' and c.accepted_at is null and ${passed(sql`c.assigned_at`, seconds, sweep)} and ${othersHaveRoom}`;

/** The customer waits for a reply, and the reminder of this waiting was not given. */
export const agentSilent = (
  seconds: number,
  reminded: "agent_warned_at" | "supervisor_warned_at",
  sweep: Sweep,
): SQL => {
  const given = sql.raw(`c.${reminded}`);
  return sql`${waits} and (${given} is null or ${given} < ${since}) and ${passed(since, seconds, sweep)}`;
};

/** The customer has waited so long for a reply that somebody else should give it. */
export const agentLost = (seconds: number, sweep: Sweep): SQL =>
  sql`${waits} and ${passed(since, seconds, sweep)} and ${othersHaveRoom}`;

/** The last word was the agent's, and the customer was not asked since. */
export const customerSilent = (seconds: number, sweep: Sweep): SQL =>
  sql`c.status = 'assigned' and c.waiting_since is null and c.last_message_author = 'agent'
    and (c.customer_asked_at is null or c.customer_asked_at < c.last_message_at)
    and ${passed(sql`c.last_message_at`, seconds, sweep)}`;

/** Asked, and nothing came. */
export const customerGone = (seconds: number, sweep: Sweep): SQL =>
  sql`c.status = 'assigned' and c.waiting_since is null and c.customer_asked_at >= c.last_message_at
    and ${passed(sql`c.customer_asked_at`, seconds, sweep)}`;

/** The agent left: offline or disabled, or away while others have room. */
export const agentGone = (seconds: number, sweep: Sweep): SQL =>
  sql`c.status = 'assigned' and exists (
    select 1 from memberships g join users gu on gu.id = g.user_id
    where g.id = c.assignee_id and (g.presence <> 'online' or g.disabled or gu.disabled)
      and ${passed(sql`greatest(g.presence_changed_at, c.assigned_at)`, seconds, sweep)}
      and (g.presence = 'offline' or g.disabled or gu.disabled or ${othersHaveRoom}))`;
