import { sql } from "drizzle-orm";
import { type Executor, rowsOf } from "@/db/client";
import { agentCards } from "@/lib/identity/queries";
import { idsBefore, standingOf } from "./handed-on-queries";
import type { ConversationRow } from "./rows";
import type { VisitorConversation } from "./schema";

/** Fewest visitors served lately that an honest estimate can be made from. */
const ESTIMATE_FROM = 3;
/** How far back the service rate looks, in hours. */
const ESTIMATE_HOURS = 3;
/** Three visitors served within a minute say little about the next hour: the rate is taken over at least so long. */
const SHORTEST_SPAN_SECONDS = 600;
const STEP_SECONDS = 30;

/**
 * How long somebody at this place will wait if things go on as in the last hours, in seconds, rounded up to half minutes.
 *
 * @param lately visitors served in the last hours, and the seconds since the first of them
 * @returns null where nothing honest can be said: nobody is there, or hardly anybody was served
 */
export function estimateWait(
  position: number,
  lately: { readonly served: number; readonly spanSeconds: number; readonly agentsOnline: number },
): number | null {
  if (lately.agentsOnline === 0 || lately.served < ESTIMATE_FROM) {
    return null;
  }
  const seconds = (position * Math.max(lately.spanSeconds, SHORTEST_SPAN_SECONDS)) / lately.served;
  return Math.ceil(seconds / STEP_SECONDS) * STEP_SECONDS;
}

async function queueOf(executor: Executor, row: ConversationRow): Promise<VisitorConversation["queue"]> {
  const [found] = await rowsOf<{ ahead: number; served: number; span: number | null; online: number }>(
    executor,
    sql`
    select
      (select count(*)::int from conversations q where q.merchant_id = ${row.merchant_id} and q.status = 'queued'
         and (q.priority > ${row.priority} or (q.priority = ${row.priority} and (q.queued_at, q.id) < (${row.queued_at}::timestamptz, ${row.id})))) as ahead,
      lately.served, lately.span,
      (select count(*)::int from memberships m where m.merchant_id = ${row.merchant_id} and m.presence = 'online' and not m.disabled) as online
    from (select count(*)::int as served, extract(epoch from now() - min(f.occurred_at))::int as span
      from metric_facts f where f.merchant_id = ${row.merchant_id} and f.kind = 'wait'
        and f.occurred_at > now() - make_interval(hours => ${ESTIMATE_HOURS})) lately`,
  );
  const position = (found?.ahead ?? 0) + 1;
  const agentsOnline = found?.online ?? 0;
  const lately = { served: found?.served ?? 0, spanSeconds: found?.span ?? 0, agentsOnline };
  return { position, estimateSeconds: estimateWait(position, lately), agentsOnline };
}

/** What the visitor may know of their conversation; where it was handed to another merchant, of the one that goes on. */
export async function visitorState(executor: Executor, asked: ConversationRow): Promise<VisitorConversation> {
  const row = await standingOf(executor, asked);
  const ended = row.status === "resolved" || row.status === "closed";
  const cards = row.assignee_id ? await agentCards(executor, [row.assignee_id]) : undefined;
  const [rating] = ended ? await rowsOf(executor, sql`select 1 from ratings where conversation_id = ${row.id}`) : [];
  return {
    id: row.id,
    status: row.status,
    lastSeq: row.last_seq,
    agentReadSeq: row.agent_read_seq,
    agent: (row.assignee_id && cards?.get(row.assignee_id)) || null,
    queue: row.status === "queued" ? await queueOf(executor, row) : null,
    rated: Boolean(rating),
    ...(row.handed_from_id && { continues: await idsBefore(executor, row.id) }),
  };
}
