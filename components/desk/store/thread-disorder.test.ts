import { describe, expect, it } from "vitest";
import type { Message } from "@/lib/conversations/schema";
import { messageOf } from "@/lib/testing/desk-samples";
import { inDisorder } from "@/lib/testing/disorder";
import { EMPTY_THREAD, mergeMessages, mergeNewest, type Thread } from "./thread";

const recalled = (seq: number) => messageOf(seq, { recalledAt: "2026-11-21T08:00:00.000Z", parts: [] });

/** What the server told of six messages: the third was delivered, the fifth taken back. */
const NEWS: readonly Message[] = [
  messageOf(2),
  messageOf(3, { delivery: "queued" }),
  messageOf(3, { delivery: "sent" }),
  messageOf(3, { delivery: "delivered" }),
  messageOf(4),
  messageOf(5),
  recalled(5),
  messageOf(6),
];
const STORED = [
  messageOf(1),
  messageOf(2),
  messageOf(3, { delivery: "delivered" }),
  messageOf(4),
  recalled(5),
  messageOf(6),
];

describe("T23: news in any order, any number of times", () => {
  it("ends in the thread that the server has, whether it was open or still loading", () => {
    for (const news of inDisorder(NEWS, 400)) {
      const opened = mergeNewest(EMPTY_THREAD, { items: [messageOf(1)], hasMore: false });
      const live = news.reduce<Thread>((thread, message) => mergeMessages(thread, [message]), opened);
      expect(live.messages).toEqual(STORED);
      expect(live.ahead).toEqual([]);

      const loading = news.reduce<Thread>((thread, message) => mergeMessages(thread, [message]), EMPTY_THREAD);
      const loaded = mergeNewest(loading, { items: [messageOf(1), messageOf(2)], hasMore: false });
      expect(loaded.messages).toEqual(STORED);
    }
  });
});
