import { sql } from "drizzle-orm";
import { type Executor, rowsOf } from "@/db/client";
import { agentCards } from "@/lib/identity/queries";
import type { ConversationRow } from "./rows";
import type { VisitorConversation } from "./schema";

/** Fewest assignments of the last hour that an honest estimate can be made from. */
const ESTIMATE_FROM = 3;
const HOUR_SECONDS = 3_600;

async function queueOf(executor: Executor, row: ConversationRow): Promise<VisitorConversation["queue"]> {
  const [found] = await rowsOf<{ ahead: number; served: number; online: number }>(
    executor,
    sql`
    select
      (select count(*)::int from conversations q where q.merchant_id = ${row.merchant_id} and q.status = 'queued'
         and (q.priority > ${row.priority} or (q.priority = ${row.priority} and (q.queued_at, q.id) < (${row.queued_at}::timestamptz, ${row.id})))) as ahead,
      (select count(*)::int from metric_facts f where f.merchant_id = ${row.merchant_id} and f.kind = 'wait'
         and f.occurred_at > now() - interval '1 hour') as served,
      (select count(*)::int from memberships m where m.merchant_id = ${row.merchant_id} and m.presence = 'online' and not m.disabled) as online`,
  );
  const position = (found?.ahead ?? 0) + 1;
  const served = found?.served ?? 0;
  const estimateSeconds = served >= ESTIMATE_FROM ? Math.round((position * HOUR_SECONDS) / served) : null;
  return { position, estimateSeconds, agentsOnline: found?.online ?? 0 };
}

/** What the visitor may know of their conversation. */
export async function visitorState(executor: Executor, row: ConversationRow): Promise<VisitorConversation> {
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
  };
}
