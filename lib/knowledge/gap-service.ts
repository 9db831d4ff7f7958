import { and, eq } from "drizzle-orm";
import { knowledgeGaps } from "@/db/schema/knowledge";
import { record } from "@/lib/audit/service";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import type { Context } from "@/lib/platform/context";

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
