import { AppError } from "@/lib/core/errors";
import { plainText } from "@/lib/core/light-markup";
import { previewOf } from "@/lib/core/text";
import { isLocale } from "@/lib/i18n/locales";
import { serverTranslator } from "@/lib/i18n/server-translator";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { choicesOf, outcomesOf, plansOf } from "./import-counts";
import {
  countItems,
  findImport,
  type ItemCount,
  type StoredImport,
  type StoredItem,
  selectImports,
  selectItems,
} from "./repository";
import {
  duplicateChoice,
  type ImportItemView,
  type ItemPlan,
  importStatus,
  itemPlan,
  type KnowledgeImport,
  knowledgeImport,
  ROWS_MAX,
} from "./schema";

/** Imports that the page shows. */
const SHOWN = 20;

/** The words for a reason, in the reader's language. */
function wordsOf(context: Context, reason: string | null): string | null {
  const words = serverTranslator(isLocale(context.locale) ? context.locale : "zh-CN", "errors");
  return reason === null ? null : words(reason, { max: ROWS_MAX });
}

function viewOf(context: Context, row: StoredImport, counts: readonly ItemCount[]): KnowledgeImport {
  const outcomes = outcomesOf(counts);
  return {
    id: row.id,
    source: knowledgeImport.shape.source.parse(row.source),
    name: row.name,
    collection: row.collection,
    status: importStatus.parse(row.status),
    problem: wordsOf(context, row.reason),
    read: row.read,
    plans: plansOf(counts),
    // The rows of an old import are forgotten, what they came to is not.
    outcomes: { ...outcomes, ...(counts.length === 0 ? row.result : {}) },
    choices: choicesOf(counts),
    createdByName: row.createdByName,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}

/** The last imports of the caller's merchant, newest first. */
export async function listImports(context: Context): Promise<KnowledgeImport[]> {
  const rows = await selectImports(context.db, merchantOf(context), SHOWN);
  // What is done keeps what it came to beside it: its rows need not be counted for a list.
  const counts = await countItems(
    context.db,
    rows.filter(({ status }) => status !== "done").map(({ id }) => id),
  );
  return rows.map((row) =>
    viewOf(
      context,
      row,
      counts.filter((count) => count.import_id === row.id),
    ),
  );
}

/** The row of an import of the caller's merchant. @throws AppError not_found */
async function rowOf(context: Context, id: string): Promise<StoredImport> {
  const row = await findImport(context.db, merchantOf(context), id);
  if (!row) {
    throw new AppError("not_found", "not_found");
  }
  return row;
}

/** One import. @throws AppError not_found */
export async function getImport(context: Context, id: string): Promise<KnowledgeImport> {
  const row = await rowOf(context, id);
  return viewOf(context, row, await countItems(context.db, [id]));
}

/** So much of an answer is shown before it is written, in characters. */
const SHOWN_OF_ANSWER = 200;

/** The answer of a row as a line. */
function answerOf({ content }: StoredItem): string {
  const answer = content && "answer" in content ? content["answer"] : "";
  return typeof answer === "string" ? previewOf(plainText(answer.slice(0, SHOWN_OF_ANSWER * 4)), SHOWN_OF_ANSWER) : "";
}

/** Rows of an import in their order. @throws AppError not_found */
export async function listImportItems(
  context: Context,
  id: string,
  query: { readonly plan?: ItemPlan | undefined; readonly after: number; readonly limit: number },
): Promise<{ items: ImportItemView[]; more: boolean }> {
  await rowOf(context, id);
  const rows = await selectItems(context.db, id, { ...query, limit: query.limit + 1 });
  const items = rows.slice(0, query.limit).map((row) => ({
    position: row.position,
    row: row.row,
    place: row.place,
    question: row.question,
    answer: answerOf(row),
    plan: itemPlan.parse(row.plan),
    choice: row.choice === null ? null : duplicateChoice.parse(row.choice),
    entryId: row.entryId,
    matchedQuestion: row.matchedQuestion,
    confidence: row.confidence,
    field: row.field,
    problem: wordsOf(context, row.reason),
  }));
  return { items, more: rows.length > query.limit };
}

/** All rows that were refused, for a file. @throws AppError not_found */
export async function refusedItems(context: Context, id: string): Promise<ImportItemView[]> {
  const refused: ImportItemView[] = [];
  for (let after = -1; ; ) {
    const { items, more } = await listImportItems(context, id, { plan: "refused", after, limit: 1_000 });
    refused.push(...items);
    if (!more) {
      return refused;
    }
    after = items.at(-1)?.position ?? after;
  }
}
