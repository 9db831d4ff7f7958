import { and, eq, sql } from "drizzle-orm";
import { knowledgeGaps } from "@/db/schema/knowledge";
import { record } from "@/lib/audit/service";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { previewOf, storable } from "@/lib/core/text";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { phraseKey } from "./search/segmentation";

/**
 * Takes a gap off the list. Asked again, it is counted again but stays off.
 *
 * @throws AppError not_found
 */
export async function dismissGap(context: Context<ActorOf<"agent"> | ActorOf<"key">>, id: string): Promise<void> {
  await context.db.transaction(async (tx) => {
    const [row] = await tx
      .update(knowledgeGaps)
      .set({ dismissed: true })
      .where(and(eq(knowledgeGaps.id, id), eq(knowledgeGaps.merchantId, context.actor.merchantId)))
      .returning({ question: knowledgeGaps.question });
    if (!row) {
      throw new AppError("not_found", "not_found");
    }
    await record(tx, context, { action: "gap.dismissed", targetType: "gap", targetId: id, before: row });
  });
}

/** Longest question that is kept, in characters. */
const QUESTION_LENGTH = 200;

/**
 * Counts a question that had no answer. The same words in another case, width or punctuation are the same question.
 *
 * @param input.question free of private data; a question without a letter or digit is not kept
 */
export async function recordGap(
  context: Context,
  input: { readonly question: string; readonly conversationId: string },
): Promise<void> {
  const question = previewOf(storable(input.question), QUESTION_LENGTH);
  const fingerprint = phraseKey(question);
  if (fingerprint.length < 2) {
    return;
  }
  const at = context.now();
  await context.db
    .insert(knowledgeGaps)
    .values({
      id: newId("gap", at),
      merchantId: merchantOf(context),
      question,
      fingerprint,
      conversationId: input.conversationId,
      lastAskedAt: at,
      createdAt: at,
    })
    .onConflictDoUpdate({
      target: [knowledgeGaps.merchantId, knowledgeGaps.fingerprint],
      set: { count: sql`${knowledgeGaps.count} + 1`, lastAskedAt: at, conversationId: input.conversationId },
    });
}
