import { describe, expect, it } from "vitest";
import { messageOf } from "@/lib/testing/desk-samples";
import {
  addPending,
  changePending,
  EMPTY_THREAD,
  gapAfter,
  mergeMessages,
  mergeNewest,
  mergeOlder,
  type PendingMessage,
  type Thread,
} from "./thread";

const page = (from: number, to: number, hasMore = false) => ({
  items: Array.from({ length: to - from + 1 }, (_, index) => messageOf(from + index)),
  hasMore,
});
const ready = (from: number, to: number): Thread => mergeNewest(EMPTY_THREAD, page(from, to, from > 1));
const seqs = (thread: Thread) => thread.messages.map(({ seq }) => seq);

const pending: PendingMessage = {
  clientId: "client-1",
  visibility: "public",
  text: "好的",
  files: [],
  createdAt: "2026-11-21T08:00:00.000Z",
  state: "sending",
  detail: "",
};

describe("merging messages", () => {
  it("ends in the same thread whatever the order and however often each arrives", () => {
    const messages = page(11, 16).items;
    const orders = [
      [0, 1, 2, 3, 4, 5],
      [5, 4, 3, 2, 1, 0],
      [2, 0, 2, 5, 1, 4, 3, 0],
    ];
    const results = orders.map((order) =>
      order.reduce((thread, index) => mergeMessages(thread, messages.slice(index, index + 1)), ready(5, 10)),
    );
    for (const thread of results) {
      expect(seqs(thread)).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
      expect(thread.ahead).toEqual([]);
    }
  });

  it("holds back what came ahead, names the gap, and joins both when it is filled", () => {
    const early = mergeMessages(ready(1, 3), [messageOf(6)]);
    expect(seqs(early)).toEqual([1, 2, 3]);
    expect(gapAfter(early, 6)).toBe(3);
    const filled = mergeMessages(early, page(4, 5).items);
    expect(seqs(filled)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(gapAfter(filled, 6)).toBeUndefined();
  });

  it("sees a gap when the list row knows of a later message", () => {
    expect(gapAfter(ready(1, 3), 4)).toBe(3);
    expect(gapAfter(EMPTY_THREAD, 4)).toBeUndefined();
  });

  it("takes a recall, and a late push does not bring the words back", () => {
    const recalled = messageOf(2, { recalledAt: "2026-11-21T08:01:00.000Z", parts: [] });
    const thread = mergeMessages(mergeMessages(ready(1, 3), [recalled]), [messageOf(2)]);
    expect(thread.messages[1]).toEqual(recalled);
  });

  it("keeps what became of a message when the answer to sending it comes later", () => {
    const failed = messageOf(4, { delivery: "failed", deliveryError: "limit_reached" });
    const thread = mergeMessages(mergeMessages(ready(1, 3), [failed]), [messageOf(4, { delivery: "queued" })]);
    expect(thread.messages[3]).toEqual(failed);
  });

  it("does not copy the thread's messages when nothing in it changed", () => {
    const thread = ready(1, 3);
    const next = mergeMessages(thread, []);
    expect(next.messages).toEqual(thread.messages);
    expect(next.pending).toBe(thread.pending);
  });
});

describe("loading pages", () => {
  it("keeps what was pushed while the first page was on its way", () => {
    const pushed = mergeMessages({ ...EMPTY_THREAD, status: "loading" }, [messageOf(61)]);
    expect(pushed.messages).toEqual([]);
    expect(seqs(mergeNewest(pushed, page(11, 60, true))).at(-1)).toBe(61);
  });

  it("puts an older page in front and drops one that no longer touches", () => {
    const thread = mergeOlder({ ...ready(50, 60), loadingOlder: true }, page(30, 49, true));
    expect(seqs(thread)).toHaveLength(31);
    expect(thread).toMatchObject({ hasOlder: true, loadingOlder: false });
    expect(mergeOlder(thread, page(1, 10)).messages).toBe(thread.messages);
  });

  it("keeps what is shown when the newest page joins it", () => {
    expect(seqs(mergeNewest(ready(1, 10), page(8, 12, true)))).toHaveLength(12);
  });

  it("replaces what is shown when the newest page leaves a hole, and offers the older ones again", () => {
    const thread = mergeNewest(ready(1, 10), page(80, 90, true));
    expect(seqs(thread)[0]).toBe(80);
    expect(thread.hasOlder).toBe(true);
  });
});

describe("messages on their way", () => {
  it("give way to the server's own copy, however it arrives", () => {
    const sending = addPending(ready(1, 2), pending);
    expect(sending.pending).toHaveLength(1);
    expect(mergeMessages(sending, [messageOf(3, { clientId: "client-1" })]).pending).toEqual([]);
    expect(mergeMessages(sending, [messageOf(9, { clientId: "client-1" })]).pending).toEqual([]);
  });

  it("stay with their text when they failed, and a retry is the same message", () => {
    const failed = changePending(addPending(ready(1, 2), pending), "client-1", { state: "failed", detail: "网络断开" });
    expect(failed.pending).toMatchObject([{ text: "好的", state: "failed" }]);
    const retried = addPending(failed, pending);
    expect(retried.pending).toEqual([pending]);
  });

  it("are not shown again when the message is in the thread already", () => {
    const thread = mergeMessages(ready(1, 2), [messageOf(3, { clientId: "client-1" })]);
    expect(addPending(thread, pending)).toBe(thread);
  });
});
