import { and, desc, eq } from "drizzle-orm";
import { knowledgeGaps } from "@/db/schema/knowledge";
import type { ActorOf } from "@/lib/core/actor";
import type { Context } from "@/lib/platform/context";
import type { Gap } from "./gap-contracts";

/** Questions of the caller's merchant that had no answer, most asked first; dismissed ones are left out (K4). */
export async function topGaps(context: Context<ActorOf<"agent"> | ActorOf<"key">>, limit: number): Promise<Gap[]> {
  const rows = await context.db
    .select()
    .from(knowledgeGaps)
    .where(and(eq(knowledgeGaps.merchantId, context.actor.merchantId), eq(knowledgeGaps.dismissed, false)))
    .orderBy(desc(knowledgeGaps.count), desc(knowledgeGaps.lastAskedAt), desc(knowledgeGaps.id))
    .limit(limit);
  return rows.map((row) => ({
    id: row.id,
    question: row.question,
    count: row.count,
    lastAskedAt: row.lastAskedAt.toISOString(),
  }));
}
