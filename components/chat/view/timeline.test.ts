import { describe, expect, it } from "vitest";
import { INITIAL_STATE, type Outgoing } from "../store/chat-state";
import { messageFixture } from "../testing/message-fixture";
import { timelineOf } from "./timeline";

const visitor = { kind: "visitor", id: "c", name: null } as const;
const agent = { kind: "agent", id: "a", name: "小林" } as const;

const item: Outgoing = {
  clientId: "client-1",
  createdAt: 0,
  text: "问",
  file: null,
  quote: null,
  target: undefined,
  state: "queued",
  error: null,
  attempts: 0,
};

describe("timelineOf", () => {
  it("groups what one person says in a row and marks only the visitor's newest message", () => {
    const messages = [
      messageFixture({ seq: 1, author: visitor }),
      messageFixture({ seq: 2, author: visitor }),
      messageFixture({ seq: 3, author: agent }),
    ];
    const conversation = {
      id: "cnv_a",
      status: "assigned",
      lastSeq: 3,
      agentReadSeq: 2,
      agent: null,
      queue: null,
      rated: false,
    } as const;
    const rows = timelineOf({ ...INITIAL_STATE, messages, conversation });
    expect(rows.map(({ kind }) => kind)).toEqual(["time", "message", "message", "message"]);
    expect(rows.slice(1)).toMatchObject([
      { first: true, last: false, mark: null },
      { first: false, last: true, mark: "read" },
      { first: true, last: true, mark: null },
    ]);
  });

  it("says the time again after a pause, and where another conversation begins", () => {
    const messages = [
      messageFixture({ seq: 1 }),
      messageFixture({ seq: 2, createdAt: "2026-01-01T00:09:00.000Z" }),
      messageFixture({ seq: 1, conversationId: "cnv_b", createdAt: "2026-01-01T00:09:30.000Z" }),
    ];
    const kinds = timelineOf({ ...INITIAL_STATE, messages }).map(({ kind }) => kind);
    expect(kinds).toEqual(["time", "message", "time", "message", "divider", "message"]);
  });

  it("keeps a message's key when it is acknowledged, and an answer's when it is finished", () => {
    const stream = { conversationId: "cnv_a", answerId: "answer-1", pieces: ["答"], at: 0 };
    const before = timelineOf({ ...INITIAL_STATE, outbox: [item], streams: [stream] });
    const messages = [
      messageFixture({ seq: 1, author: visitor, clientId: "client-1" }),
      messageFixture({ seq: 2, clientId: "answer-1" }),
    ];
    const after = timelineOf({ ...INITIAL_STATE, messages });
    expect(before.map(({ key }) => key)).toEqual(["client-1", "answer-1"]);
    expect(after.slice(1).map(({ key }) => key)).toEqual(["client-1", "answer-1"]);
  });

  it("offers to take back the newest own message only, and none while another is on its way", () => {
    const messages = [
      messageFixture({ seq: 1, id: "msg_1", author: visitor }),
      messageFixture({ seq: 2, id: "msg_2", author: visitor }),
    ];
    const recallable = (more: Partial<typeof INITIAL_STATE>) =>
      timelineOf({ ...INITIAL_STATE, messages, ...more }).flatMap((row) =>
        row.kind === "message" && row.recallable ? [row.message.id] : [],
      );
    expect(recallable({ recallableId: "msg_2" })).toEqual(["msg_2"]);
    expect(recallable({ recallableId: "msg_1" })).toEqual([]);
    expect(recallable({ recallableId: "msg_2", outbox: [item] })).toEqual([]);
  });
});
