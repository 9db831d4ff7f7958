import { sql } from "drizzle-orm";
import { rowsOf, type Transaction } from "@/db/client";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { agentCards, getAgent } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { emit } from "@/lib/platform/jobs/emit";
import { realtimeChannel } from "@/lib/platform/realtime/channels";
import { publish } from "@/lib/platform/realtime/publish";
import { findConversation, textArray } from "./repository";
import type { ConversationRow } from "./rows";
import type { AgentSummary } from "./schema";
import { announce, writeNotice } from "./service";

type AgentContext = Context<ActorOf<"agent">>;

async function existing(context: AgentContext, id: string): Promise<ConversationRow> {
  const row = await findConversation(context.db, context.actor.merchantId, id);
  if (!row) {
    throw new AppError("not_found", "conversation_not_found");
  }
  return row;
}

/** Makes them work on it too; who does already stays so. @returns those who are new */
export async function joinConversation(
  tx: Transaction,
  input: { readonly conversationId: string; readonly agentIds: readonly string[]; readonly at: Date },
): Promise<string[]> {
  const at = input.at.toISOString();
  const rows = await rowsOf<{ id: string }>(
    tx,
    sql`insert into participants (conversation_id, agent_id, collaborating_since, joined_at)
        select ${input.conversationId}, agent_id, ${at}::timestamptz, ${at}::timestamptz
        from unnest(${textArray(input.agentIds)}) as agent_id
        on conflict (conversation_id, agent_id) do update set collaborating_since = excluded.collaborating_since
          where participants.collaborating_since is null
        returning agent_id as id`,
  );
  return rows.map((row) => row.id);
}

/** Tells those who have the conversation open, and the agent themselves. After the commit. */
export function announceCollaborator(conversationId: string, agentId: string, collaborating: boolean): void {
  publish([realtimeChannel.conversation(conversationId), realtimeChannel.agent(agentId)], "collaborators.changed", {
    conversationId,
    agentId,
    collaborating,
  });
}

/** Who works on a conversation beside its assignee, by the time they joined. @throws AppError not_found */
export async function listCollaborators(context: AgentContext, id: string): Promise<AgentSummary[]> {
  await existing(context, id);
  const rows = await rowsOf<{ id: string }>(
    context.db,
    sql`select agent_id as id from participants
        where conversation_id = ${id} and collaborating_since is not null order by collaborating_since, agent_id`,
  );
  const cards = await agentCards(
    context.db,
    rows.map((row) => row.id),
  );
  return rows.flatMap((row) => cards.get(row.id) ?? []);
}

/**
 * Asks a colleague to help with a conversation: they find it among theirs and are told.
 *
 * @throws AppError not_found; conflict `agent_not_available` | `collaborator_is_assignee`
 */
export async function addCollaborator(context: AgentContext, id: string, agentId: string): Promise<void> {
  const row = await existing(context, id);
  const agent = await getAgent(context, agentId);
  if (agent.disabled) {
    throw new AppError("conflict", "agent_not_available");
  }
  if (row.assignee_id === agentId) {
    throw new AppError("conflict", "collaborator_is_assignee");
  }
  const notice = await context.db.transaction(async (tx) => {
    const [added] = await joinConversation(tx, { conversationId: id, agentIds: [agentId], at: context.now() });
    if (!added) {
      return undefined;
    }
    await emit(tx, { merchantId: row.merchant_id, at: context.now() }, "conversation.collaborator_added", {
      conversationId: id,
      agentId,
      by: context.actor.agentId,
    });
    const values = { name: agent.name, by: context.actor.name };
    const key = agentId === context.actor.agentId ? "collaborator_joined" : "collaborator_added";
    return writeNotice(tx, context, id, { key, values, internal: true });
  });
  if (notice) {
    await announce(context, notice);
    announceCollaborator(id, agentId, true);
  }
}

/** Ends somebody's part in a conversation; whoever had none is no error. @throws AppError not_found */
export async function removeCollaborator(context: AgentContext, id: string, agentId: string): Promise<void> {
  await existing(context, id);
  const rows = await rowsOf(
    context.db,
    sql`update participants set collaborating_since = null
        where conversation_id = ${id} and agent_id = ${agentId} and collaborating_since is not null returning agent_id`,
  );
  if (rows.length > 0) {
    announceCollaborator(id, agentId, false);
  }
}
