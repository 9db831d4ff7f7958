import { z } from "zod";
import { listAudit as listAuditContract } from "@/lib/audit/contracts";
import { listAudit } from "@/lib/audit/queries";
import { QUICK_REPLY_COLUMNS } from "@/lib/conversations/quick-reply-contracts";
import { listQuickReplies } from "@/lib/conversations/quick-reply-service";
import { AppError } from "@/lib/core/errors";
import { isLocale } from "@/lib/i18n/locales";
import { serverTranslator } from "@/lib/i18n/server-translator";
import { listEntries as listEntriesContract } from "@/lib/knowledge/contracts";
import { refusedItems } from "@/lib/knowledge/imports/queries";
import { everyEntry } from "@/lib/knowledge/queries";
import type { Cell } from "@/lib/platform/export/table-file";
import { type Exporter, exportEndpoint } from "./export-endpoint";

/** Most rows of one file; what is older is reached by narrowing the filter. */
const MOST_ROWS = 50_000;
const PAGE = 1_000;

/** The rows of a list from its first page on, as many as a file takes. */
export async function* everyRow<Row>(
  read: (page: { readonly limit: number; readonly cursor?: string | undefined }) => Promise<{
    readonly items: readonly Row[];
    readonly nextCursor: string | null;
  }>,
): AsyncGenerator<Row> {
  let cursor: string | undefined;
  let rows = 0;
  do {
    const page = await read({ limit: PAGE, cursor });
    yield* page.items;
    rows += page.items.length;
    cursor = page.nextCursor ?? undefined;
  } while (cursor && rows < MOST_ROWS);
}

/** Words of the reader's language for heads. */
export function exportWords(context: Exporter, namespace: Parameters<typeof serverTranslator>[1]) {
  return serverTranslator(isLocale(context.locale) ? context.locale : "zh-CN", namespace);
}

/** The audit log under the same filters as its page, newest first (features.md P4). */
export const exportAudit = exportEndpoint({
  name: "audit",
  permission: "audit.read",
  query: listAuditContract.query.omit({ cursor: true, limit: true }),
  rows: async (context, filter) => {
    const t = exportWords(context, "admin");
    const head = ["time", "actor", "action", "target", "ip", "before", "after", "requestId"] as const;
    const rows: (readonly Cell[])[] = [head.map((name) => t(`audit.${name}`))];
    for await (const row of everyRow((page) => listAudit(context, { ...filter, ...page }))) {
      rows.push([
        row.createdAt,
        row.actorName ?? row.actorKind,
        row.action,
        row.targetId ?? row.targetType,
        row.ip,
        row.before === null ? null : JSON.stringify(row.before),
        row.after === null ? null : JSON.stringify(row.after),
        row.requestId,
      ]);
    }
    return rows;
  },
});

const ENTRY_COLUMNS = [
  "id",
  "collection",
  "question",
  "variants",
  "answer",
  "category",
  "tags",
  "language",
  "status",
  "kind",
  "audience",
  "channels",
  "valid_from",
  "valid_until",
  "owner",
  "review_on",
  "files",
] as const;

/** An entry as an import takes it back. Entries that were written here go by our own id. */
async function* exportedEntries(context: Exporter, filter: Parameters<typeof everyEntry>[1]) {
  for await (const { externalId, id, ...entry } of everyEntry(context, filter, MOST_ROWS)) {
    const { collection, question, variants, answer, category, tags, language, status } = entry;
    yield {
      ...{ id: externalId ?? id, collection, question, variants, answer, category, tags, language, status },
      ...{ kind: entry.kind, audience: entry.audience, channels: entry.channelIds },
      valid_from: entry.validFrom?.toISOString() ?? null,
      valid_until: entry.validUntil?.toISOString() ?? null,
      ...{ owner: entry.ownerId, review_on: entry.reviewOn, files: entry.fileIds },
    };
  }
}

/** A cell with a line for each. Of one alone the line has an end: without it, an import would part it at its commas. */
const linesOf = (items: readonly string[]): string =>
  items.map((item) => item.replace(/\s*\n\s*/g, " ")).join("\n") + (items.length === 1 ? "\n" : "");

/** Knowledge entries under the filters of their list, in the columns that an import takes (features.md K2). */
export const exportKnowledge = exportEndpoint({
  name: "knowledge",
  permission: "knowledge.read",
  query: listEntriesContract.query.omit({ cursor: true, limit: true }),
  rows: async (context, filter) => {
    const rows: (readonly Cell[])[] = [ENTRY_COLUMNS];
    for await (const entry of exportedEntries(context, filter)) {
      rows.push(
        ENTRY_COLUMNS.map((name) => {
          const value = entry[name];
          return Array.isArray(value) ? linesOf(value) : value;
        }),
      );
    }
    return rows;
  },
  json: async (context, filter) => {
    const faq: unknown[] = [];
    for await (const entry of exportedEntries(context, filter)) {
      faq.push(entry);
    }
    return { rows: faq.length, value: { faq } };
  },
});

/** The rows of an import that were refused, so that they can be mended and imported again. */
export const exportImportErrors = exportEndpoint({
  name: "import-errors",
  permission: "knowledge.write",
  query: z.object({ id: z.string().max(40) }),
  rows: async (context, { id }) => {
    const t = exportWords(context, "admin-knowledge");
    const head = [t("imports.place"), t("imports.row"), t("imports.field"), t("question"), t("imports.reason")];
    const rows = await refusedItems(context, id);
    return [head, ...rows.map((row) => [row.place, row.row, row.field, row.question, row.problem])];
  },
});

/** The merchant's quick replies in the columns that an import takes (A2); one's own with `personal`. */
export const exportQuickReplies = exportEndpoint({
  name: "quick-replies",
  permission: "quick_replies.read",
  query: z.object({ personal: z.enum(["true", "false"]).default("false") }),
  rows: async (context, { personal }) => {
    if (context.actor.kind !== "agent") {
      throw new AppError("forbidden", "forbidden");
    }
    const replies = await listQuickReplies({ ...context, actor: context.actor });
    const wanted = replies.filter((reply) => reply.personal === (personal === "true"));
    return [QUICK_REPLY_COLUMNS, ...wanted.map((reply) => QUICK_REPLY_COLUMNS.map((name) => reply[name]))];
  },
});
