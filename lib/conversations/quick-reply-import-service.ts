import { parse } from "csv-parse/sync";
import { and, eq, isNull } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { quickReplies } from "@/db/schema/operations";
import { record } from "@/lib/audit/service";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { storable } from "@/lib/core/text";
import { roleMay } from "@/lib/identity/permissions";
import type { Context } from "@/lib/platform/context";
import { type QUICK_REPLY_COLUMNS, quickReplyInput, type RefusedRow } from "./quick-reply-contracts";

type AgentContext = Context<ActorOf<"agent">>;
type Column = (typeof QUICK_REPLY_COLUMNS)[number];

const MOST_ROWS = 2_000;
/** Heads as people write them, and as the export does. */
const HEADS: Readonly<Record<string, Column>> = {
  title: "title",
  标题: "title",
  名称: "title",
  text: "text",
  内容: "text",
  shortcut: "shortcut",
  简码: "shortcut",
  folder: "folder",
  文件夹: "folder",
  分组: "folder",
  language: "language",
  语言: "language",
};

/** Rows by the names of their columns. @throws AppError invalid `import_unreadable` | `quick_replies_no_columns` */
function rowsOf(csv: string): Record<string, string>[] {
  let table: string[][];
  try {
    table = parse(csv, { bom: true, relax_column_count: true, skip_empty_lines: true, delimiter: [",", ";", "\t"] });
  } catch {
    throw new AppError("invalid", "import_unreadable");
  }
  const columns = (table[0] ?? []).map((head) => HEADS[head.trim().toLowerCase()]);
  if (!columns.includes("title") || !columns.includes("text")) {
    throw new AppError("invalid", "quick_replies_no_columns");
  }
  return table.slice(1).map((cells) =>
    // An apostrophe before a formula is the export's own: spreadsheets hide it.
    Object.fromEntries(
      columns.flatMap((name, index) =>
        name ? [[name, (cells[index] ?? "").replace(/^'(?=[=+\-@\t\r＝＋－＠])/u, "")]] : [],
      ),
    ),
  );
}

/** Writes one row: over the reply with the same title and owner, or as a new one. */
async function writeRow(
  tx: Transaction,
  { actor, now }: AgentContext,
  ownerId: string | null,
  row: { readonly [Name in Column]: string },
): Promise<"created" | "updated"> {
  const values = { ...row, title: storable(row.title), text: storable(row.text) };
  const own = ownerId === null ? isNull(quickReplies.ownerId) : eq(quickReplies.ownerId, ownerId);
  const changed = await tx
    .update(quickReplies)
    .set(values)
    .where(and(eq(quickReplies.merchantId, actor.merchantId), own, eq(quickReplies.title, values.title)))
    .returning({ id: quickReplies.id });
  if (changed.length > 0) {
    return "updated";
  }
  const id = newId("quickReply", now());
  await tx.insert(quickReplies).values({ ...values, id, merchantId: actor.merchantId, ownerId, createdAt: now() });
  return "created";
}

/**
 * Takes quick replies from a csv table with a head (title, text; shortcut, folder, language). The same title again changes
 * the reply that is there. A row that does not fit is told and the next one is read.
 *
 * @throws AppError forbidden `quick_reply_shared`; invalid `import_unreadable` | `quick_replies_no_columns` |
 * `quick_replies_too_many`
 */
export async function importQuickReplies(
  context: AgentContext,
  csv: string,
  personal: boolean,
): Promise<{ created: number; updated: number; refused: RefusedRow[] }> {
  const { actor } = context;
  if (!personal && !roleMay(actor.role, "quick_replies.manage")) {
    throw new AppError("forbidden", "quick_reply_shared");
  }
  const rows = rowsOf(csv);
  if (rows.length > MOST_ROWS) {
    throw new AppError("invalid", "quick_replies_too_many", { values: { max: MOST_ROWS } });
  }
  const report = { created: 0, updated: 0, refused: [] as RefusedRow[] };
  await context.db.transaction(async (tx) => {
    for (const [index, row] of rows.entries()) {
      const parsed = quickReplyInput.safeParse({ ...row, language: row["language"] || undefined, personal });
      if (parsed.success) {
        const { personal: _, ...values } = parsed.data;
        report[await writeRow(tx, context, personal ? actor.agentId : null, values)] += 1;
      } else {
        // The head is row 1, as a spreadsheet counts.
        report.refused.push({ row: index + 2, field: String(parsed.error.issues[0]?.path[0] ?? "title") });
      }
    }
    const after = { created: report.created, updated: report.updated, refused: report.refused.length };
    await record(tx, context, { action: "quick_reply.imported", targetType: "quick_reply", targetId: null, after });
  });
  return report;
}
