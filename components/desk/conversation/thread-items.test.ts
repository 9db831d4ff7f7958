import { describe, expect, it } from "vitest";
import { messageOf } from "@/lib/testing/desk-samples";
import { threadItems } from "./thread-items";

const dayOf = (at: string) => at.slice(0, 10);
const at = (minute: number, day = 21) => `2026-11-${day}T08:${String(minute).padStart(2, "0")}:00.000Z`;
const agent = { kind: "agent", id: "agt_me", name: "小林" } as const;

function outline(messages: Parameters<typeof threadItems>[0], unreadAfter?: number): string[] {
  return threadItems(messages, dayOf, unreadAfter).map((item) =>
    item.kind === "group" ? item.messages.map(({ seq }) => seq).join("+") : item.kind,
  );
}

describe("the thread's outline", () => {
  it("puts together what one person wrote within five minutes", () => {
    const messages = [
      messageOf(1, { createdAt: at(0) }),
      messageOf(2, { createdAt: at(3) }),
      messageOf(3, { createdAt: at(9) }),
      messageOf(4, { createdAt: at(9), author: agent }),
    ];
    expect(outline(messages)).toEqual(["day", "1+2", "3", "4"]);
  });

  it("never puts a note together with a reply", () => {
    const messages = [
      messageOf(1, { author: agent }),
      messageOf(2, { author: agent, visibility: "internal" }),
      messageOf(3, { author: agent }),
    ];
    expect(outline(messages)).toEqual(["day", "1", "2", "3"]);
  });

  it("marks days, notices, and what came since it was last read", () => {
    const messages = [
      messageOf(1, { createdAt: at(0, 20) }),
      messageOf(2, { createdAt: at(0), author: { kind: "system", id: null, name: null } }),
      messageOf(3, { createdAt: at(1), author: agent }),
      messageOf(4, { createdAt: at(2) }),
      messageOf(5, { createdAt: at(2) }),
    ];
    expect(outline(messages, 2)).toEqual(["day", "1", "day", "notice", "3", "unread", "4+5"]);
  });
});
