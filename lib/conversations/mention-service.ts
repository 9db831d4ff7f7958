import type { Transaction } from "@/db/client";
import type { ActorOf } from "@/lib/core/actor";
import type { Context } from "@/lib/platform/context";
import { emit } from "@/lib/platform/jobs/emit";
import { announceCollaborator, joinConversation } from "./collaborator-service";
import type { Mentions } from "./mentions";
import type { Appended } from "./repository";

/**
 * Writes a note that calls colleagues, or advises the assignee. Who is called: from then on they work on the conversation too, and are told. One step, so that
 * nobody is called by a note that is not there.
 */
export async function calling(
  context: Context<ActorOf<"agent"> | ActorOf<"key">>,
  { agentIds, whisperTo }: Mentions,
  write: (tx: Transaction) => Promise<Appended>,
): Promise<Appended> {
  const { actor } = context;
  const by = actor.kind === "agent" ? actor.agentId : null;
  const done = await context.db.transaction(async (tx) => {
    const stored = await write(tx);
    if (stored.outcome !== "created") {
      return { stored, joined: [] };
    }
    const { conversation, message } = stored;
    const helpers = agentIds.filter((id) => id !== conversation.assignee_id && id !== by);
    const at = context.now();
    const joined = await joinConversation(tx, { conversationId: conversation.id, agentIds: helpers, at });
    const fact = { conversationId: conversation.id, messageId: message.id };
    if (agentIds.length > 0) {
      await emit(tx, { merchantId: actor.merchantId, at }, "conversation.mentioned", {
        ...fact,
        agentIds: [...agentIds],
        by,
      });
    }
    if (whisperTo && by) {
      await emit(tx, { merchantId: actor.merchantId, at }, "conversation.whispered", {
        ...fact,
        agentId: whisperTo,
        by,
      });
    }
    return { stored, joined };
  });
  if (done.stored.outcome === "created") {
    for (const agentId of done.joined) {
      announceCollaborator(done.stored.conversation.id, agentId, true);
    }
  }
  return done.stored;
}
