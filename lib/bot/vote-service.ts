import { and, eq } from "drizzle-orm";
import { botVotes } from "@/db/schema/bot";
import { messages } from "@/db/schema/conversations";
import { ownConversation } from "@/lib/conversations/visitor-service";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { storable } from "@/lib/core/text";
import type { Context } from "@/lib/platform/context";
import { maskPrivateData } from "@/lib/platform/text/private-data";

/**
 * Keeps what a visitor thought of an answer of the bot: one vote a message, the last one counts.
 *
 * @param vote.helpful null takes the vote back
 * @param vote.comment left out, an earlier one stays
 * @throws AppError not_found when there is no such answer in an own conversation
 */
export async function voteOnAnswer(
  context: Context<ActorOf<"visitor">>,
  at: { readonly conversationId: string; readonly messageId: string },
  vote: { readonly helpful: boolean | null; readonly comment?: string | undefined },
): Promise<void> {
  const { conversationId, messageId } = at;
  const { merchant_id: merchantId } = await ownConversation(context, conversationId);
  const [message] = await context.db
    .select({ kind: messages.authorKind, visibility: messages.visibility, parts: messages.parts })
    .from(messages)
    .where(and(eq(messages.id, messageId), eq(messages.conversationId, conversationId)));
  if (message?.kind !== "bot" || message.visibility !== "public") {
    throw new AppError("not_found", "not_found");
  }
  if (vote.helpful === null) {
    await context.db.delete(botVotes).where(eq(botVotes.messageId, messageId));
    return;
  }
  const citation = message.parts.find(({ type }) => type === "citation");
  const said = {
    helpful: vote.helpful,
    updatedAt: context.now(),
    ...(vote.comment !== undefined && { comment: maskPrivateData(storable(vote.comment)) }),
  };
  await context.db
    .insert(botVotes)
    .values({
      ...said,
      messageId,
      merchantId,
      conversationId,
      entryId: citation ? String(citation["entryId"]) : null,
      createdAt: context.now(),
    })
    .onConflictDoUpdate({ target: botVotes.messageId, set: said });
}
