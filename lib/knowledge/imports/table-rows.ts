import { z } from "zod";
import { AUDIENCES, ENTRY_KINDS, ENTRY_STATUSES, entryInput } from "../schema";
import type { ImportItem } from "./entries-service";
import { isBroken } from "./text-encoding";

/** A row or section that was read: what it says, or why it cannot be taken. */
export interface ImportRecord {
  /** As a person counts in the file (the header is row 1); the page of a document. */
  readonly row?: number | undefined;
  /** File or page that it comes from, where a source has several. */
  readonly place?: string | undefined;
  readonly item?: ImportItem | undefined;
  /** What the file calls the column of channels: one that is unknown here is told by it. */
  readonly channelsColumn?: string | undefined;
  readonly error?: RecordError | undefined;
}

export interface RecordError {
  /** A key of the namespace `errors`. */
  readonly reason: string;
  /** The column as the file calls it; empty: the row as a whole. */
  readonly field: string;
  /** What the row asks, as far as it is known: a person finds it by that. */
  readonly question: string;
}

const own = (words: readonly string[]): [string, string][] => words.map((word) => [word, word]);

/** Column names that people give, in both languages, and what they mean. */
const COLUMNS: Readonly<Record<string, string>> = {
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
  kind: "kind",
  类型: "kind",
  audience: "audience",
  可见对象: "audience",
  channels: "channelIds",
  可用渠道: "channelIds",
  valid_from: "validFrom",
  生效时间: "validFrom",
  valid_until: "validUntil",
  失效时间: "validUntil",
  owner: "ownerId",
  负责人: "ownerId",
  review_on: "reviewOn",
  复核日期: "reviewOn",
  files: "fileIds",
};
/** The column that a file may have for a field, when it has none. */
const columnOf = (field: string): string => Object.entries(COLUMNS).find(([, key]) => key === field)?.[0] ?? field;
const LISTS = new Set(["tags", "variants", "channelIds", "fileIds"]);
/** What people write, beside the product's own words. A state that is none of these is refused: it may mean "not yet". */
const WORDS: Readonly<Record<string, ReadonlyMap<string, string>>> = {
  kind: new Map([...own(ENTRY_KINDS), ["问答", "faq"], ["文档", "document"], ["教程", "tutorial"]]),
  audience: new Map([...own(AUDIENCES), ["所有人", "everyone"], ["已登录客户", "customers"], ["仅内部", "agents"]]),
  status: new Map([
    ...own(ENTRY_STATUSES),
    ["草稿", "draft"],
    ["待审核", "review"],
    ["已发布", "published"],
    ["发布", "published"],
    ["已归档", "archived"],
  ]),
};
const MOMENTS = new Set(["validFrom", "validUntil"]);
const DAY_LENGTH = "2026-01-01".length;

/** A spreadsheet gives a time as such; a text with a day or a time is read in UTC unless it says its zone. */
function timeOf(key: string, value: unknown): unknown {
  const text = value instanceof Date ? value.toISOString() : String(value).trim();
  if (!MOMENTS.has(key)) {
    return text.slice(0, DAY_LENGTH);
  }
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/u.test(text) ? text : `${text.replace(" ", "T")}Z`;
  const time = Date.parse(text.length === DAY_LENGTH ? text : zoned);
  return Number.isNaN(time) ? text : new Date(time).toISOString();
}

/** One cell with several values: a line each, or separated as people do. */
function partsOf(cell: string): string[] {
  // What was exported has a line each, and may hold every other sign.
  return (cell.includes("\n") ? cell.split("\n") : cell.split(/[|;；]|(?<=\S)[,，](?=\S)/u))
    .map((item) => item.trim())
    .filter(Boolean);
}

/** A text, a number or a yes as its text; an object or a list where a text belongs is refused as a wrong type later. */
const plain = (value: unknown): unknown => (typeof value === "object" ? value : String(value));

function cellOf(key: string, given: unknown): unknown {
  if (LISTS.has(key)) {
    return Array.isArray(given) ? given.map(plain) : typeof given === "object" ? given : partsOf(String(given));
  }
  if (MOMENTS.has(key) || key === "reviewOn") {
    return timeOf(key, given);
  }
  const value = plain(given);
  const words = WORDS[key];
  return words && typeof value === "string" ? (words.get(value.trim().toLowerCase()) ?? value.trim()) : value;
}

/** So much of a refused question is told, in characters. */
const SHOWN_OF_QUESTION = 300;

const rowItem = entryInput.extend({ externalId: z.string().trim().max(100).optional() });

/** The first thing that is wrong with a row: its field, and a key of the namespace `errors`. */
function refusal(issue: z.core.$ZodIssue | undefined): { readonly field: string; readonly reason: string } {
  const required = issue?.code === "too_small" || (issue?.code === "invalid_type" && issue.input === undefined);
  return {
    field: String(issue?.path[0] ?? ""),
    reason: issue?.code === "too_big" ? "too_long" : required ? "required" : "import_bad_value",
  };
}

/** True when both ends of a validity are said, and the wrong way round. */
const endsBeforeItBegins = ({ validFrom, validUntil }: z.output<typeof rowItem>): boolean =>
  validFrom !== null && validUntil !== null && Date.parse(validUntil) <= Date.parse(validFrom);

/** Reads one row of a table, or one object of a list, by its column names. @param row as a person counts */
export function recordOf(raw: Readonly<Record<string, unknown>>, row: number): ImportRecord {
  const given: Record<string, unknown> = {};
  const named = new Map<string, string>();
  for (const [name, value] of Object.entries(raw)) {
    const key = COLUMNS[name.trim().toLowerCase()];
    if (key && value !== null && value !== undefined && String(value).trim() !== "") {
      given[key] = cellOf(key, value);
    }
    named.set(key ?? "", name.trim());
  }
  const question = typeof given["question"] === "string" ? given["question"].slice(0, SHOWN_OF_QUESTION) : "";
  const refused = ({ field, reason }: { readonly field: string; readonly reason: string }): ImportRecord => ({
    row,
    error: { reason, field: field && (named.get(field) ?? columnOf(field)), question },
  });
  if (Object.values(given).some((value) => typeof value === "string" && isBroken(value))) {
    return refused({ reason: "import_bad_characters", field: "" });
  }
  const parsed = rowItem.safeParse(given, { reportInput: true });
  if (!parsed.success) {
    return refused(refusal(parsed.error.issues[0]));
  }
  if (endsBeforeItBegins(parsed.data)) {
    return refused({ reason: "validity_backwards", field: "validUntil" });
  }
  // Only what the row says: a column that the file lacks changes nothing in an entry that is there.
  const item = Object.fromEntries(Object.entries(parsed.data).filter(([key]) => key in given));
  return { row, item: item as unknown as ImportItem, channelsColumn: named.get("channelIds") };
}

/** The apostrophe that an export puts before what looks like a formula. */
const INERT = /^'(?='*(?:[\s\ufeff]*[=+\-@|%＝＋－＠]|[\t\r]))/u;

/**
 * One row of a sheet or a csv file; undefined for one without any text, such as those below the last that a sheet
 * still colours. Of two columns of one name the first counts that says something.
 *
 * @param row as a person counts
 */
export function rowOf(names: readonly string[], cells: readonly unknown[], row: number): ImportRecord | undefined {
  const raw: Record<string, unknown> = {};
  for (const [at, name] of names.entries()) {
    const cell = cells[at];
    raw[name] ||= typeof cell === "string" ? cell.replace(INERT, "") : cell;
  }
  return Object.values(raw).some((cell) => String(cell ?? "").trim() !== "") ? recordOf(raw, row) : undefined;
}

/** Rows of a table under their head. @param firstRow of the body, as a person counts */
export function recordsOfTable(table: readonly (readonly unknown[])[], firstRow = 2): ImportRecord[] {
  const [head = [], ...body] = table;
  const names = head.map((cell) => String(cell ?? ""));
  return body.flatMap((cells, index) => rowOf(names, cells, firstRow + index) ?? []);
}

/** A head may stand below a title and a few words on how to fill the table in. */
export const HEAD_WITHIN = 10;

/** Whether a head names what every row needs. */
export function isHead(cells: readonly unknown[]): boolean {
  const keys = new Set(
    cells.map(
      (cell) =>
        COLUMNS[
          String(cell ?? "")
            .trim()
            .toLowerCase()
        ],
    ),
  );
  return keys.has("question") && keys.has("answer");
}

/** Rows of a JSON file: a bare list, or `{"faq": [...]}` (seed 003). undefined: it is neither. */
export function recordsOfJson(data: unknown): ImportRecord[] | undefined {
  const list = Array.isArray(data)
    ? data
    : typeof data === "object" && data !== null && "faq" in data && Array.isArray(data.faq)
      ? data.faq
      : undefined;
  return list?.map((each: unknown, index) =>
    typeof each === "object" && each !== null && !Array.isArray(each)
      ? recordOf(each as Record<string, unknown>, index + 1)
      : { row: index + 1, error: { reason: "import_bad_value", field: "", question: "" } },
  );
}
