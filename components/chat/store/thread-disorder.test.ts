import { describe, expect, it } from "vitest";
import type { Message } from "@/lib/conversations/schema";
import { inDisorder } from "@/lib/testing/disorder";
import { messageFixture } from "../testing/message-fixture";
import { mergeMessages } from "./thread-messages";

const recalled = messageFixture({ seq: 4, recalledAt: "2026-01-01T00:01:00.000Z", parts: [] });

/** What the server told: the second was delivered, the fourth taken back. */
const NEWS: readonly Message[] = [
  messageFixture({ seq: 1 }),
  messageFixture({ seq: 2, delivery: "queued" }),
  messageFixture({ seq: 2, delivery: "sent" }),
  messageFixture({ seq: 2, delivery: "delivered" }),
  messageFixture({ seq: 3 }),
  messageFixture({ seq: 4 }),
  recalled,
];
const STORED = [
  messageFixture({ seq: 1 }),
  messageFixture({ seq: 2, delivery: "delivered" }),
  messageFixture({ seq: 3 }),
  recalled,
];

describe("T23: news in any order, any number of times", () => {
  it("ends in the thread that the server has; what was taken back does not come back", () => {
    for (const news of inDisorder(NEWS, 400)) {
      const thread = news.reduce<readonly Message[]>((known, message) => mergeMessages(known, [message]), []);
      expect(thread).toEqual(STORED);
    }
  });
});
