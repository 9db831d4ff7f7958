import { z } from "zod";
import { entryInput } from "../schema";
import type { ImportItem } from "./entries-service";
import { isBroken } from "./text-encoding";

/** A row or section that was read: what it says, or why it cannot be taken. */
export interface ImportRecord {
  /** As a person counts in the file (the header is row 1); the page of a document. */
  readonly row?: number | undefined;
  /** File or page that it comes from, where a source has several. */
  readonly place?: string | undefined;
  readonly item?: ImportItem | undefined;
  readonly error?: RecordError | undefined;
}

export interface RecordError {
  /** A key of the namespace `errors`. */
  readonly reason: string;
  readonly field: string;
  /** What the row asks, as far as it is known: a person finds it by that. */
  readonly question: string;
}

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
const LISTS = new Set(["tags", "variants", "channelIds", "fileIds"]);
/** Words that people write where the product has one of its own. */
const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  kind: { 问答: "faq", 文档: "document", 教程: "tutorial" },
  audience: { 所有人: "everyone", 已登录客户: "customers", 仅内部: "agents" },
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
function listOf(value: unknown): string[] {
  if (Array.isArray(value)) {
    return value.map((each) => String(each));
  }
  const text = String(value ?? "");
  // What was exported has a line each, and may hold every other sign.
  return (text.includes("\n") ? text.split("\n") : text.split(/[|;；]|(?<=\S)[,，](?=\S)/u))
    .map((item) => item.trim())
    .filter(Boolean);
}

/** What words of a status column mean; what is none of them counts as published. */
const STATUSES: Readonly<Record<string, string>> = {
  draft: "draft",
  草稿: "draft",
  review: "review",
  待审核: "review",
  archived: "archived",
  已归档: "archived",
};
/** The apostrophe that an export puts before what looks like a formula. */
const INERT = /^'(?=[\s\ufeff]*[=+\-@|%＝＋－＠]|[\t\r])/u;

function cellOf(key: string, value: unknown): unknown {
  if (LISTS.has(key)) {
    return listOf(value).map((each) => each.replace(INERT, ""));
  }
  if (MOMENTS.has(key) || key === "reviewOn") {
    return timeOf(key, value);
  }
  if (typeof value === "object") {
    // A list or an object where a text belongs: refused as a wrong type below.
    return value;
  }
  const text = String(value).replace(INERT, "");
  if (WORDS[key]) {
    return WORDS[key][text.trim()] ?? text.trim().toLowerCase();
  }
  return key === "status" ? (STATUSES[text.trim().toLowerCase()] ?? "published") : text;
}

const rowItem = entryInput.extend({ externalId: z.string().trim().max(100).optional() });

function refusal(issue: z.core.$ZodIssue | undefined): Pick<RecordError, "reason" | "field"> {
  const required = issue?.code === "too_small" || (issue?.code === "invalid_type" && issue.input === undefined);
  return {
    field: String(issue?.path[0] ?? ""),
    reason: issue?.code === "too_big" ? "too_long" : required ? "required" : "invalid",
  };
}

/** Reads one row of a table, or one object of a list, by its column names. @param row as a person counts */
export function recordOf(raw: Readonly<Record<string, unknown>>, row: number): ImportRecord {
  const given: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(raw)) {
    const key = COLUMNS[name.trim().toLowerCase()] ?? COLUMNS[name.trim()];
    if (key && value !== null && value !== undefined && value !== "") {
      given[key] = cellOf(key, value);
    }
  }
  const question = typeof given["question"] === "string" ? given["question"].slice(0, 300) : "";
  if (Object.values(given).some((value) => typeof value === "string" && isBroken(value))) {
    return { row, error: { reason: "import_bad_characters", field: "", question } };
  }
  const parsed = rowItem.safeParse(given, { reportInput: true });
  if (!parsed.success) {
    return { row, error: { ...refusal(parsed.error.issues[0]), question } };
  }
  // Only what the row says: a column that the file lacks changes nothing in an entry that is there.
  const item = Object.fromEntries(Object.entries(parsed.data).filter(([key]) => key in given));
  return { row, item: item as unknown as ImportItem };
}

/** Rows of a table under their head. @param firstRow of the body, as a person counts */
export function recordsOfTable(table: readonly (readonly unknown[])[], firstRow = 2): ImportRecord[] {
  const [head = [], ...body] = table;
  const names = head.map((cell) => String(cell ?? ""));
  return body.map((cells, index) =>
    recordOf(Object.fromEntries(names.map((name, at) => [name, cells[at]])), firstRow + index),
  );
}

/** Whether a head names what every row needs. */
export function isHead(cells: readonly unknown[]): boolean {
  const keys = cells.map(
    (cell) =>
      COLUMNS[
        String(cell ?? "")
          .trim()
          .toLowerCase()
      ],
  );
  return keys.includes("question") && keys.includes("answer");
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
      : { row: index + 1, error: { reason: "invalid", field: "", question: "" } },
  );
}
