import { z } from "zod";
import type { Transaction } from "@/db/client";
import { AppError, sqlStateOf } from "@/lib/core/errors";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { defineJob } from "@/lib/platform/jobs/job";
import { isSharedCollection } from "../collection-repository";
import { replaceContent } from "../entry-writing";
import { lockEntry } from "../repository";
import { VARIANTS_MAX } from "../schema";
import { contentOf } from "../serialize";
import { IMPORT_BATCH, type ImportItem, writeItems } from "./entries-service";
import { outcomesOf } from "./import-counts";
import { changeImport, changeItems, countItems, lockImport, openItems, type StoredItem } from "./repository";
import type { Outcome } from "./schema";

/** What Postgres says of a row that will never do: bad data and broken constraints. Everything else may pass. */
const NEVER = /^(?:22|23)/;

/** Why a row will never do, as a key of the namespace `errors`; undefined for a failure that may pass. */
function neverBecause(error: unknown): string | undefined {
  if (AppError.is(error) && error.code !== "unavailable") {
    return error.reason;
  }
  return NEVER.test(sqlStateOf(error) ?? "") ? "import_failed" : undefined;
}

function itemOf(row: StoredItem): ImportItem {
  return row.content as unknown as ImportItem;
}

function isWrite(row: StoredItem): boolean {
  return row.plan === "create" || row.plan === "update" || (row.plan === "duplicate" && row.choice === "import");
}

/** A question that is asked already becomes one more wording of that entry; its answer is not taken. */
async function merge(tx: Transaction, context: Context, row: StoredItem, mayShare: boolean): Promise<Outcome> {
  const merchantId = merchantOf(context);
  const entry = row.entryId ? await lockEntry(tx, merchantId, row.entryId) : undefined;
  const isClosed = entry && !mayShare && (await isSharedCollection(tx, merchantId, entry.collection));
  if (!entry || isClosed) {
    return "skipped";
  }
  const content = contentOf(entry);
  const item = itemOf(row);
  const variants = [...new Set([...content.variants, item.question, ...(item.variants ?? [])])]
    .filter((variant) => variant !== content.question)
    .slice(0, VARIANTS_MAX);
  await replaceContent(tx, context, entry, { ...content, variants });
  return "merged";
}

async function archive(tx: Transaction, context: Context, row: StoredItem): Promise<Outcome> {
  const entry = row.entryId ? await lockEntry(tx, merchantOf(context), row.entryId) : undefined;
  if (entry) {
    await replaceContent(tx, context, entry, { ...contentOf(entry), status: "archived" });
  }
  return "archived";
}

async function write(tx: Transaction, context: Context, rows: readonly StoredItem[]): Promise<Map<number, Outcome>> {
  const done = new Map<number, Outcome>();
  for (const collection of new Set(rows.map((row) => row.collection))) {
    const here = rows.filter((row) => row.collection === collection);
    const items = new Map(here.map((row) => [row.externalId ?? "", itemOf(row)]));
    const outcomes = await writeItems(tx, context, collection, items);
    for (const row of here) {
      done.set(row.position, outcomes.get(row.externalId ?? "") ?? "unchanged");
    }
  }
  return done;
}

/**
 * Does the next rows and says so in the same transaction: a crash in the middle does none of them. They are read under
 * the lock of their import, so that two processes never do the same ones.
 *
 * @returns how many; undefined when the import was ended
 */
async function applyNext(context: Context, importId: string, limit: number): Promise<number | undefined> {
  return context.db.transaction(async (tx) => {
    const locked = await lockImport(tx, merchantOf(context), importId);
    if (locked?.status !== "importing") {
      return undefined;
    }
    const rows = await openItems(tx, importId, limit);
    const done = await write(tx, context, rows.filter(isWrite));
    for (const row of rows.filter((each) => !isWrite(each))) {
      const merging = row.plan === "duplicate" && row.choice === "merge";
      const mayShare = locked.options.mayShare !== false;
      const other = async () => (row.plan === "archive" ? archive(tx, context, row) : "skipped");
      done.set(row.position, merging ? await merge(tx, context, row, mayShare) : await other());
    }
    for (const outcome of new Set(done.values())) {
      const positions = [...done].filter((each) => each[1] === outcome).map(([position]) => position);
      await changeItems(tx, importId, positions, { outcome });
    }
    return rows.length;
  });
}

/** One row alone, where a batch failed: a row that will never do is refused, the others are kept. */
async function applyOne(context: Context, importId: string): Promise<number | undefined> {
  try {
    return await applyNext(context, importId, 1);
  } catch (error) {
    const [row] = await openItems(context.db, importId, 1);
    const reason = neverBecause(error);
    if (!row || !reason) {
      throw error;
    }
    context.log.warn({ importId, position: row.position, reason: String(error) }, "a row was refused");
    const refused = { plan: "refused", outcome: "refused", reason };
    await changeItems(context.db, importId, [row.position], refused);
    return 1;
  }
}

async function applyBatch(context: Context, importId: string): Promise<number | undefined> {
  try {
    return await applyNext(context, importId, IMPORT_BATCH);
  } catch (error) {
    if (!neverBecause(error)) {
      throw error;
    }
  }
  for (let count = 0; count < IMPORT_BATCH; count += 1) {
    const done = await applyOne(context, importId);
    if (done !== 1) {
      return done;
    }
  }
  return IMPORT_BATCH;
}

/** Does what an import shows, in batches. Begun again after a crash, it goes on behind the last batch that was written. */
export const applyImportJob = defineJob({
  name: "knowledge.apply_import",
  schema: z.object({ importId: z.string(), merchantId: z.string() }),
  handle: async ({ importId, merchantId }, system) => {
    const context: Context = { ...system, actor: { kind: "system", merchantId } };
    if (!(await changeImport(context.db, importId, ["queued", "importing"], { status: "importing" }))) {
      return;
    }
    for (let done: number | undefined = 1; done !== 0; ) {
      done = await applyBatch(context, importId);
      if (done === undefined) {
        return;
      }
    }
    const result = outcomesOf(await countItems(context.db, [importId]));
    await changeImport(context.db, importId, ["importing"], { status: "done", result, finishedAt: context.now() });
  },
});
