import type { ActorOf } from "@/lib/core/actor";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import type { Gap } from "./gap-contracts";
import { selectGroups, selectWordings } from "./gap-repository";

/**
 * Questions of the caller's merchant that had no answer, those that ask the same as one, most asked first. Dismissed ones
 * and those that a published entry answers are left out (K4).
 */
export async function topGaps(context: Context<ActorOf<"agent"> | ActorOf<"key">>, limit: number): Promise<Gap[]> {
  const rows = await selectGroups(context.db, context.actor.merchantId, limit);
  return rows.map((row) => ({
    id: row.id,
    question: row.question,
    count: row.count,
    examples: row.examples,
    entryId: row.entry_id,
    lastAskedAt: new Date(row.last_asked_at).toISOString(),
  }));
}

/** How customers asked for what a gap is about, most asked first; none for an unknown one. */
export function gapWordings(context: Context, id: string): Promise<string[]> {
  return selectWordings(context.db, merchantOf(context), id);
}
