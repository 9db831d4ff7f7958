import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { rowsOf } from "@/db/client";
import type { FaultPoint } from "@/lib/platform/fault-point";
import { AppFixture } from "@/lib/testing/app-fixture";
import { ANSWER_GAPS, MortalServer } from "@/lib/testing/mortal-server";
import { MortalWorkers } from "@/lib/testing/mortal-workers";
import { startWebhookReceiver, type WebhookReceiver } from "@/lib/testing/stubs/webhook-receiver";
import { bundleHotServer } from "@/lib/testing/worker-process";
import { signWebhook } from "@/public/sdk/yingda";

let app: AppFixture;
/** Where the app has its files. */
let shelf: WebhookReceiver;
let workers: MortalWorkers;
let users = 0;

const ofUser = async (user: string) => {
  const rows = await rowsOf<{ id: string }>(
    app.api.desk.db,
    sql`select m.id from messages m join conversations c on c.id = m.conversation_id
        join customer_identities i on i.id = c.identity_id where i.external_id = ${user}`,
  );
  const ids = new Set(rows.map(({ id }) => id));
  return (await app.messages()).filter(({ id }) => ids.has(id));
};

beforeAll(async () => {
  shelf = await startWebhookReceiver();
  // However often it is asked for: a worker may have been killed with the file in its hands.
  shelf.otherwise = { status: 200, body: "附件" };
  app = await AppFixture.create({ events: ["conversation_created"] }, [new URL(shelf.url).host]);
  workers = await MortalWorkers.create(
    app.api.desk,
    [app.receiver.url, shelf.url].map((url) => new URL(url).host),
  );
}, 180_000);

afterAll(async () => {
  await app.end();
  await shelf.stop();
});
beforeEach(() => {
  app.receiver.received.length = 0;
  shelf.received.length = 0;
});
afterEach(() => workers.end());

/** Every gap between two steps of reading a message and posting what the integrator is to hear. */
const GAPS: readonly FaultPoint[] = [
  "ingest.begun",
  "ingest.customer_known",
  "ingest.files_kept",
  "ingest.message_stored",
  "ingest.all_stored",
  "ingest.request_released",
  "bot.answer_stored",
  "event.kept",
  "event.posted",
  "event.noted",
];

/** Where the worker hangs when it is killed: each time the other side has heard it and says nothing. */
const CALLS = [
  ["reading a message, its file asked for", () => shelf],
  ["posting the first event", () => app.receiver],
] as const;

/**
 * A user says three things, each told to us twice; the worker dies on the way.
 *
 * @returns how many posts the integrator heard more than once
 */
async function survive(die: () => Promise<void>): Promise<number> {
  users += 1;
  const user = `killed-${users}`;
  const bodies = [
    { id: `${user}-1`, user_id: user, text: "第一句" },
    { id: `${user}-2`, user_id: user, text: "第二句", files: [{ url: `${shelf.url}/${user}.txt` }] },
    { id: `${user}-3`, user_id: user, text: "第三句" },
  ];
  for (const body of [...bodies, ...bodies]) {
    expect((await app.post(body)).status).toBe(200);
  }
  await die();
  // In the order in which they came; what has to wait for its next try comes after them.
  await app.drain();
  await app.hurry();
  await app.finish();
  const all = await ofUser(user);
  const said = all.filter(({ authorKind }) => authorKind === "visitor");
  expect(said.map(({ text }) => text.split("\n")[0])).toEqual(["第一句", "第二句", "第三句"]);
  expect(said[1]?.parts.filter(({ type }) => type === "file")).toHaveLength(1);
  const replies = all.filter(({ authorKind }) => authorKind === "bot");
  expect(replies.length).toBeGreaterThan(0);
  expect(replies.map(({ delivery }) => delivery)).toEqual(replies.map(() => "sent"));
  const told = app.told().filter((body) => body["user_id"] === user);
  const posted = [...new Set(told.map(({ id }) => id))];
  expect(told[0]?.["type"]).toBe("conversation.created");
  expect(posted.filter((id) => String(id).startsWith("msg_"))).toEqual(replies.map(({ id }) => id));
  return told.length - posted.length;
}

/** Gaps that come while the event of the first message is posted, in a lane of its own. */
const BESIDE_A_POST: readonly FaultPoint[] = ["ingest.all_stored", "ingest.request_released", "bot.answer_stored"];

describe("a worker that is killed (kill -9)", () => {
  it.each(GAPS)(
    "at %s loses nothing and doubles nothing: what is posted again has the same id",
    async (gap) => {
      const again = await survive(() => workers.dieAt(gap));
      // Heard, and its worker did not live to note it: once more under the same id, which is what the id is for.
      if (BESIDE_A_POST.includes(gap)) {
        expect(again).toBeLessThanOrEqual(1);
      } else {
        expect(again).toBe(gap === "event.posted" ? 1 : 0);
      }
    },
    180_000,
  );

  it.each(CALLS)(
    "%s, loses nothing and doubles nothing: what is posted again has the same id",
    async (_, otherSide) => {
      otherSide().answers.push("silence");
      const again = await survive(() => workers.dieOnce(() => otherSide().received.length > 0));
      if (otherSide() === shelf) {
        // Beside it, in its own lane, an event about the first message may have been heard and not yet noted.
        expect(again).toBeLessThanOrEqual(1);
      } else {
        expect(again).toBe(1);
      }
    },
    180_000,
  );
});

describe("a server that is killed (kill -9) before it answers the app's webhook", () => {
  it.each(ANSWER_GAPS)(
    "at %s gets the message again under its id, and stores it once",
    async (point) => {
      const server = new MortalServer(await bundleHotServer(), app.api.desk.url, point);
      const body = JSON.stringify({ id: point, user_id: point, text: "在吗" });
      const send = async () =>
        server.post(`/api/webhooks/${app.channelId}`, body, {
          "content-type": "application/json",
          "x-yingda-signature": await signWebhook(body, app.signingSecret),
        });
      await expect(send()).rejects.toThrow();
      expect((await send()).status).toBe(200);
      expect((await send()).status).toBe(200);
      await app.drain();
      await server.end();
      expect(server.deaths).toBe(1);
      expect((await ofUser(point)).filter(({ authorKind }) => authorKind === "visitor")).toHaveLength(1);
    },
    180_000,
  );
});

describe("an integrator that does not answer in time", () => {
  it("is hung up on, tried again under the same id, and nobody else's events wait for it", async () => {
    const worker = workers.start(undefined, { CHANNEL_TIMEOUT_MS: "4000" });
    app.receiver.answers.push("silence");
    await app.post({ id: "slow-1", user_id: "slow", text: "慢" });
    await vi.waitUntil(() => app.receiver.received.length > 0, 120_000);
    await app.post({ id: "quick-1", user_id: "quick", text: "快" });
    await vi.waitUntil(() => app.told().some((body) => body["user_id"] === "quick"), 60_000);
    expect(app.told().filter((body) => body["user_id"] === "slow")).toHaveLength(1);
    await vi.waitUntil(() => app.told().filter((body) => body["user_id"] === "slow").length > 1, 60_000);
    const [first, second] = app.told().filter((body) => body["user_id"] === "slow");
    expect(second).toEqual(first);
    const outcome = async () => {
      const [event] = await rowsOf<{ outcome: string; attempts: number }>(
        app.api.desk.db,
        sql`select outcome, attempts from channel_events where id = ${String(first?.["id"])}`,
      );
      return event;
    };
    await expect.poll(outcome, { timeout: 60_000 }).toEqual({ attempts: 2, outcome: "delivered" });
    await worker.kill("SIGTERM");
  }, 180_000);
});
