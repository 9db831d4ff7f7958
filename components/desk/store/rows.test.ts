import { describe, expect, it } from "vitest";
import type { ConversationSummary } from "@/lib/conversations/schema";
import type { ConversationPatch } from "@/lib/events/realtime";
import { summaryOf } from "@/lib/testing/desk-samples";
import { applyPatches, mergeRows, type Rows, replaceFirstPage, rowsOf } from "./rows";

const me = "agt_me";
const mapOf = (...rows: ConversationSummary[]): Rows => new Map(rows.map((row) => [row.id, row]));
const idsOf = (rows: readonly ConversationSummary[]) => rows.map(({ id }) => id);
const at = (minute: number) => `2026-11-21T08:${String(minute).padStart(2, "0")}:00.000Z`;

function patchOf(row: ConversationSummary, change: Partial<ConversationPatch>): ConversationPatch {
  const { assignee, merchantId: _, channel: __, customer: ___, locale: ____, createdAt: _____, ...rest } = row;
  return { ...rest, assigneeId: assignee?.id ?? null, revision: row.revision + 1, ...change };
}

describe("the list's tabs", () => {
  const mine = summaryOf("cnv_a", { lastMessageAt: at(1) });
  const busier = summaryOf("cnv_b", { lastMessageAt: at(5) });
  const waiting = summaryOf("cnv_c", { status: "queued", assignee: null, queuedAt: at(3), lastMessageAt: at(9) });
  const urgent = summaryOf("cnv_d", { status: "queued", assignee: null, queuedAt: at(4), priority: 3 });
  const ended = summaryOf("cnv_e", { status: "resolved" });
  const theirs = summaryOf("cnv_f", { assignee: { id: "agt_other", name: "小周", avatarUrl: null } });
  const rows = mapOf(mine, busier, waiting, urgent, ended, theirs);

  it("puts newest activity first, and in the queue the urgent before who came first", () => {
    expect(idsOf(rowsOf(rows, "mine", me, undefined))).toEqual(["cnv_b", "cnv_a"]);
    expect(idsOf(rowsOf(rows, "queued", me, undefined))).toEqual(["cnv_d", "cnv_c"]);
    expect(idsOf(rowsOf(rows, "ended", me, undefined))).toEqual(["cnv_e"]);
    expect(rowsOf(rows, "all", me, undefined)).toHaveLength(5);
  });

  it("shows nothing from behind the loaded part: the order would have holes", () => {
    expect(idsOf(rowsOf(rows, "mine", me, { row: busier }))).toEqual(["cnv_b"]);
  });
});

describe("patches", () => {
  const row = summaryOf("cnv_a", { revision: 4 });

  it("move a row, and an older one changes nothing", () => {
    const { rows, unknown } = applyPatches(mapOf(row), [patchOf(row, { unreadCount: 2 })], new Map());
    expect(unknown).toEqual([]);
    expect(rows.get("cnv_a")).toMatchObject({
      revision: 5,
      unreadCount: 2,
      customer: row.customer,
      assignee: row.assignee,
    });
    expect(
      applyPatches(rows, [patchOf(row, { revision: 4, unreadCount: 9 })], new Map()).rows.get("cnv_a")?.unreadCount,
    ).toBe(2);
  });

  it("ask for rows that are not known, and for names that are not known", () => {
    const transferred = patchOf(row, { assigneeId: "agt_other" });
    expect(applyPatches(mapOf(), [patchOf(row, {})], new Map()).unknown).toEqual(["cnv_a"]);
    expect(applyPatches(mapOf(row), [transferred], new Map()).unknown).toEqual(["cnv_a"]);
    const named = new Map([["agt_other", { id: "agt_other", name: "小周", avatarUrl: null }]]);
    expect(applyPatches(mapOf(row), [transferred], named).rows.get("cnv_a")?.assignee?.name).toBe("小周");
  });

  it("keep the newest of several in one push", () => {
    const patches = [patchOf(row, { revision: 7, unreadCount: 3 }), patchOf(row, { revision: 6, unreadCount: 2 })];
    expect(applyPatches(mapOf(row), patches, new Map()).rows.get("cnv_a")?.unreadCount).toBe(3);
  });
});

describe("fetched rows", () => {
  it("never replace a newer one", () => {
    const rows = mapOf(summaryOf("cnv_a", { revision: 5, lastMessagePreview: "new" }));
    expect(mergeRows(rows, [summaryOf("cnv_a", { revision: 4 })])).toBe(rows);
  });

  it("take away what left the tab while no push came, but not the open conversation", () => {
    const left = summaryOf("cnv_left", { lastMessageAt: at(7) });
    const open = summaryOf("cnv_open", { lastMessageAt: at(6) });
    const older = summaryOf("cnv_older", { lastMessageAt: at(1) });
    const page = { items: [summaryOf("cnv_new", { lastMessageAt: at(5) })], complete: false };
    const known = mapOf(left, open, older);
    const rows = replaceFirstPage(known, known, "mine", me, page, "cnv_open");
    expect([...rows.keys()].sort()).toEqual(["cnv_new", "cnv_older", "cnv_open"]);
  });

  it("leave what was pushed while the page was on its way", () => {
    const known = mapOf(summaryOf("cnv_old", { lastMessageAt: at(1) }));
    const pushed = mergeRows(known, [summaryOf("cnv_pushed", { lastMessageAt: at(9) })]);
    const rows = replaceFirstPage(pushed, known, "mine", me, { items: [], complete: true }, undefined);
    expect([...rows.keys()]).toEqual(["cnv_pushed"]);
  });
});
