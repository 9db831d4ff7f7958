import { and, desc, eq, lt } from "drizzle-orm";
import type { Executor, Transaction } from "@/db/client";
import { knowledgeVersions } from "@/db/schema/knowledge";

export type VersionRow = typeof knowledgeVersions.$inferSelect;
export type NewVersion = typeof knowledgeVersions.$inferInsert;

/** Keeps states of entries; one that is kept already stays as it is. */
export async function insertVersions(tx: Transaction, rows: readonly NewVersion[]): Promise<void> {
  if (rows.length > 0) {
    await tx
      .insert(knowledgeVersions)
      .values([...rows])
      .onConflictDoNothing();
  }
}

/** Versions of an entry, newest first. @param before only older ones than this */
export function selectVersions(
  executor: Executor,
  entryId: string,
  page: { readonly before: number | undefined; readonly limit: number },
): Promise<VersionRow[]> {
  return executor
    .select()
    .from(knowledgeVersions)
    .where(
      and(
        eq(knowledgeVersions.entryId, entryId),
        page.before === undefined ? undefined : lt(knowledgeVersions.version, page.before),
      ),
    )
    .orderBy(desc(knowledgeVersions.version))
    .limit(page.limit);
}

export async function findVersion(
  executor: Executor,
  entryId: string,
  version: number,
): Promise<VersionRow | undefined> {
  const [row] = await executor
    .select()
    .from(knowledgeVersions)
    .where(and(eq(knowledgeVersions.entryId, entryId), eq(knowledgeVersions.version, version)));
  return row;
}
