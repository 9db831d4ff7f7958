import { describe, expect, it } from "vitest";
import { ACTIONS, ALLOWED, allows, ENDED_STATUSES } from "./policy";
import { CONVERSATION_STATUSES } from "./schema";

/** status × action, written out: a change of the machine has to be made here too, on purpose. */
const EXPECTED: Record<string, string> = {
  bot: "visitor_post note bot_post handoff leave_message claim transfer resolve end prioritise",
  queued: "visitor_post note leave_message claim transfer resolve end prioritise",
  assigned: "visitor_post agent_post note take_over transfer resolve end snooze prioritise",
  snoozed: "visitor_post agent_post note take_over transfer resolve end snooze wake prioritise",
  offline: "visitor_post note claim transfer resolve end prioritise",
  resolved: "note reopen rate",
  closed: "note rate",
};

describe("conversation state machine", () => {
  it.each(CONVERSATION_STATUSES)("allows exactly the listed actions in %s", (status) => {
    expect(ACTIONS.filter((action) => allows(action, status)).join(" ")).toBe(EXPECTED[status]);
  });

  it("never lets anybody but a note-writer post into an ended conversation", () => {
    for (const status of ENDED_STATUSES) {
      expect(ALLOWED.visitor_post).not.toContain(status);
      expect(ALLOWED.agent_post).not.toContain(status);
      expect(ALLOWED.bot_post).not.toContain(status);
    }
  });
});
