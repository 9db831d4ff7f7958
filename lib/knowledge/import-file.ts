import { parse } from "csv-parse/sync";
import { readSheet } from "read-excel-file/node";
import { AppError } from "@/lib/core/errors";
import { entryInput, faqFile } from "./schema";
import type { ImportItem } from "./service";
import { checkArchive } from "./zip-limit";

/** A row of a file that was not taken, and why; `row` counts as a person does in the file (the header is row 1). */
export interface RowError {
  readonly row: number;
  readonly reason: string;
  readonly field: string;
}

export interface ParsedFile {
  readonly items: readonly ImportItem[];
  readonly errors: readonly RowError[];
}

type RawRow = Record<string, unknown>;

/** Column names that people give, in both languages, and what they mean. */
const COLUMNS: Record<string, string> = {
  id: "externalId",
  编号: "externalId",
  question: "question",
  问题: "question",
  标题: "question",
  answer: "answer",
  答案: "answer",
  回答: "answer",
  collection: "collection",
  知识分区: "collection",
  status: "status",
  状态: "status",
  category: "category",
  分类: "category",
  tags: "tags",
  标签: "tags",
  variants: "variants",
  相似问: "variants",
  相似问题: "variants",
  language: "language",
  语言: "language",
};
const LISTS = new Set(["tags", "variants"]);

/** One cell with several values: a line each, or separated as people do. */
function listOf(value: unknown): string[] {
  if (Array.isArray(value)) {
    return value.map(String);
  }
  return String(value ?? "")
    .split(/[\n|;；]|(?<=\S)[,，](?=\S)/u)
    .map((item) => item.trim())
    .filter(Boolean);
}

/** What words of a status column mean; what is none of them counts as published. */
const STATUSES: Record<string, string> = { draft: "draft", 草稿: "draft" };
/** The apostrophe that an export puts before what looks like a formula. */
const INERT = /^'(?=[\s\ufeff]*[=+\-@|%＝＋－＠])/u;

function cellText(key: string, value: unknown): string {
  const text = String(value).replace(INERT, "");
  return key === "status" ? (STATUSES[text.trim().toLowerCase()] ?? "published") : text;
}

function toItems(rows: readonly RawRow[], firstRow: number): ParsedFile {
  const items: ImportItem[] = [];
  const errors: RowError[] = [];
  rows.forEach((raw, index) => {
    const row: RawRow = { status: "published" };
    for (const [name, value] of Object.entries(raw)) {
      const key = COLUMNS[name.trim().toLowerCase()] ?? COLUMNS[name.trim()];
      if (key && value !== null && value !== undefined && value !== "") {
        row[key] = LISTS.has(key) ? listOf(value) : cellText(key, value);
      }
    }
    const parsed = entryInput.safeParse(row);
    if (parsed.success) {
      const externalId = typeof row["externalId"] === "string" ? row["externalId"].slice(0, 100) : undefined;
      items.push({ ...parsed.data, externalId });
    } else {
      const issue = parsed.error.issues[0];
      errors.push({
        row: firstRow + index,
        field: issue?.path.join(".") ?? "",
        reason: issue?.code === "too_big" ? "too_long" : "required",
      });
    }
  });
  return { items, errors };
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes).replace(/^\ufeff/, "");
  } catch {
    // Excel on Chinese Windows saves csv in GBK.
    return new TextDecoder("gb18030").decode(bytes);
  }
}

function fromTable(table: readonly (readonly unknown[])[]): ParsedFile {
  const [header = [], ...body] = table;
  const names = header.map((cell) => String(cell ?? ""));
  return toItems(
    body.map((cells) => Object.fromEntries(names.map((name, index) => [name, cells[index]]))),
    2,
  );
}

/**
 * Reads a file of frequently asked questions: json (the shape of seed 003, or a bare list), csv or xlsx with a header
 * row in Chinese or English. Rows that lack a question or an answer are reported, the others are taken.
 *
 * @throws AppError invalid `import_unreadable` when it is none of these
 */
export async function parseFaqFile(name: string, bytes: Uint8Array): Promise<ParsedFile> {
  try {
    if (/\.json$/i.test(name)) {
      const data: unknown = JSON.parse(textOf(bytes));
      const parsed = faqFile.safeParse(Array.isArray(data) ? { faq: data } : data);
      if (!parsed.success) {
        throw new Error("not a list of questions");
      }
      return toItems(parsed.data.faq, 1);
    }
    if (/\.csv$/i.test(name)) {
      return fromTable(parse(textOf(bytes), { relax_column_count: true, skip_empty_lines: true }) as string[][]);
    }
    if (/\.xlsx$/i.test(name)) {
      checkArchive(bytes);
      return fromTable(await readSheet(Buffer.from(bytes)));
    }
  } catch (cause) {
    throw AppError.is(cause) ? cause : new AppError("invalid", "import_unreadable", { cause });
  }
  throw new AppError("unsupported_type", "import_unreadable");
}
