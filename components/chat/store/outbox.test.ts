import { describe, expect, it } from "vitest";
import { RequestFailure } from "../transport/request-failure";
import type { Outgoing } from "./chat-state";
import { Outbox } from "./outbox";
import { memoryStore } from "./visitor-storage";

function item(clientId: string, given: Partial<Outgoing> = {}): Outgoing {
  return {
    clientId,
    createdAt: Number(clientId.slice(-1)),
    text: `text of ${clientId}`,
    file: null,
    quote: null,
    target: undefined,
    state: "queued",
    error: null,
    attempts: 0,
    ...given,
  };
}

/** An outbox whose waits are over when the test says so, and a log of what it tried. */
function setUp(answers: (RequestFailure | "ok")[] = [], target: string | null = "cnv") {
  const tried: string[] = [];
  const waits: { run: () => void; milliseconds: number }[] = [];
  const storage = memoryStore();
  const make = () =>
    new Outbox({
      deliver: async ({ clientId }, where) => {
        tried.push(`${clientId} → ${where}`);
        const answer = answers.shift() ?? "ok";
        if (answer !== "ok") {
          throw answer;
        }
      },
      target: () => target,
      onChange: () => undefined,
      isFailure: (cause): cause is RequestFailure => cause instanceof RequestFailure,
      random: () => 0,
      later: (run, milliseconds) => {
        waits.push({ run, milliseconds });
        return () => undefined;
      },
    });
  return { tried, waits, storage, make };
}

const settled = () => expect.poll(() => true).toBe(true);

describe("Outbox", () => {
  it("sends one after the other, in the order they were written", async () => {
    const { tried, make } = setUp();
    const outbox = make();
    outbox.add(item("message-1"));
    outbox.add(item("message-2"));
    outbox.start();
    await expect.poll(() => outbox.all).toEqual([]);
    expect(tried).toEqual(["message-1 → cnv", "message-2 → cnv"]);
  });

  it("repeats the same message in the same conversation after a passing failure, and later ones wait", async () => {
    const { tried, waits, make } = setUp([new RequestFailure(0, "network", "")]);
    const outbox = make();
    outbox.start();
    outbox.add(item("message-1"));
    outbox.add(item("message-2"));
    await expect.poll(() => waits).toHaveLength(1);
    expect(tried).toEqual(["message-1 → cnv"]);
    waits[0]?.run();
    await expect.poll(() => outbox.all).toEqual([]);
    expect(tried).toEqual(["message-1 → cnv", "message-1 → cnv", "message-2 → cnv"]);
  });

  it("waits as long as the server asks for", async () => {
    const { waits, make } = setUp([new RequestFailure(429, "rate_limited", "", { retryAfterSeconds: 7 })]);
    const outbox = make();
    outbox.start();
    outbox.add(item("message-1"));
    await expect.poll(() => waits[0]?.milliseconds).toBe(7_000);
  });

  it("takes an ended conversation as a reason to open the next one, with the same id and text", async () => {
    const { tried, make } = setUp([new RequestFailure(409, "conversation_ended", "ended")]);
    const outbox = make();
    outbox.start();
    outbox.add(item("message-1"));
    await expect.poll(() => outbox.all).toEqual([]);
    expect(tried).toEqual(["message-1 → cnv", "message-1 → null"]);
  });

  it("keeps the text of a refused message and does not hold up the next", async () => {
    const { tried, make } = setUp([new RequestFailure(400, "message_too_long", "too long")]);
    const outbox = make();
    outbox.start();
    outbox.add(item("message-1"));
    outbox.add(item("message-2"));
    await expect.poll(() => tried).toHaveLength(2);
    await settled();
    expect(outbox.all).toMatchObject([
      { clientId: "message-1", text: "text of message-1", state: "failed", error: "too long" },
    ]);
  });

  it("goes on after a reload with what was not acknowledged", async () => {
    const { tried, storage, make } = setUp();
    const before = make();
    before.open(storage);
    before.add(item("message-1"));
    before.add(item("message-2"));
    const after = make();
    after.open(storage);
    after.add(item("message-3"));
    after.start();
    await expect.poll(() => after.all).toEqual([]);
    expect(tried).toEqual(["message-1 → cnv", "message-2 → cnv", "message-3 → cnv"]);
    expect(storage.keys()).toEqual([]);
  });

  it("forgets what the server is known to have, and ignores what is damaged", () => {
    const { storage, make } = setUp();
    storage.set("message-8", "{not json");
    storage.set("message-9", JSON.stringify(item("message-9")));
    const outbox = make();
    outbox.open(storage);
    expect(outbox.all.map(({ clientId }) => clientId)).toEqual(["message-9"]);
    outbox.confirm(new Set(["message-9", null]));
    expect(outbox.all).toEqual([]);
  });
});
