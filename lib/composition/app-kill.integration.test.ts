import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { rowsOf } from "@/db/client";
import { env } from "@/lib/platform/env/env";
import { AppFixture } from "@/lib/testing/app-fixture";
import { startWebhookReceiver, type WebhookReceiver } from "@/lib/testing/stubs/webhook-receiver";
import { bundleWorker, isAllDone, WorkerProcess } from "@/lib/testing/worker-process";

let program: string;
let app: AppFixture;
/** Where the app has its files. */
let shelf: WebhookReceiver;
const workers: WorkerProcess[] = [];

const start = (): WorkerProcess => {
  const hosts = [app.receiver.url, shelf.url].map((url) => new URL(url).host).join(",");
  const settings = { ENCRYPTION_KEY: env().ENCRYPTION_KEY, OUTGOING_ALLOW_HOSTS: hosts };
  const worker = new WorkerProcess(program, app.api.desk.url, settings);
  workers.push(worker);
  return worker;
};

const ofUser = async (user: string) => {
  const rows = await rowsOf<{ id: string }>(
    app.api.desk.db,
    sql`select m.id from messages m join conversations c on c.id = m.conversation_id
        join customer_identities i on i.id = c.identity_id where i.external_id = ${user}`,
  );
  const ids = new Set(rows.map(({ id }) => id));
  return (await app.messages()).filter(({ id }) => ids.has(id));
};

const eventOf = async (id: string) => {
  const found = sql`select outcome, attempts from channel_events where id = ${id}`;
  return (await rowsOf<{ outcome: string; attempts: number }>(app.api.desk.db, found))[0];
};

beforeAll(async () => {
  program = await bundleWorker();
  shelf = await startWebhookReceiver();
  // However often it is asked for: a worker may have been killed with the file in its hands.
  shelf.otherwise = { status: 200, body: "附件" };
  app = await AppFixture.create({ events: ["conversation_created"] }, [new URL(shelf.url).host]);
}, 60_000);

afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.kill("SIGTERM")));
  await app.end();
  await shelf.stop();
});

/** Where the worker hangs when it is killed: each time the other side has heard it and says nothing. */
const POINTS = [
  ["reading a message, its file asked for", () => shelf],
  ["posting the first event", () => app.receiver],
] as const;

describe("a worker that is killed (kill -9)", () => {
  it.each(POINTS)(
    "%s, loses nothing and doubles nothing: what is posted again has the same id",
    async (_, otherSide) => {
      const user = `killed-${otherSide() === shelf ? "reading" : "posting"}`;
      app.receiver.received.length = 0;
      shelf.received.length = 0;
      otherSide().answers.push("silence");
      const file = { url: `${shelf.url}/${user}.txt` };
      const bodies = [
        { id: `${user}-1`, user_id: user, text: "第一句" },
        { id: `${user}-2`, user_id: user, text: "第二句", files: [file] },
        { id: `${user}-3`, user_id: user, text: "第三句" },
      ];
      for (const body of [...bodies, ...bodies]) {
        expect((await app.post(body)).status).toBe(200);
      }
      const killed = start();
      await vi.waitUntil(() => otherSide().received.length > 0, 20_000);
      await killed.kill("SIGKILL");
      const next = start();
      await vi.waitUntil(
        async () => {
          const replies = (await ofUser(user)).filter(({ authorKind }) => authorKind === "bot");
          const said = (await ofUser(user)).filter(({ authorKind }) => authorKind === "visitor");
          const sent = said.length === 3 && replies.length > 0 && replies.every(({ delivery }) => delivery === "sent");
          return sent && (await isAllDone(app.api.desk.db));
        },
        { timeout: 60_000, interval: 200 },
      );
      await next.kill("SIGTERM");
      const said = (await ofUser(user)).filter(({ authorKind }) => authorKind === "visitor");
      expect(said.map(({ text }) => text.split("\n")[0])).toEqual(["第一句", "第二句", "第三句"]);
      expect(said[1]?.parts.filter(({ type }) => type === "file")).toHaveLength(1);
      const told = app.told().filter((body) => body["user_id"] === user);
      const replies = (await ofUser(user)).filter(({ authorKind }) => authorKind === "bot").map(({ id }) => id);
      const posted = [...new Set(told.map(({ id }) => id))];
      expect(told[0]?.["type"]).toBe("conversation.created");
      expect(posted.filter((id) => String(id).startsWith("msg_"))).toEqual(replies);
      // What hung was posted again, and as it was; at most one more may have been heard without its worker living to note it.
      expect(told.length - posted.length).toBeGreaterThanOrEqual(otherSide() === shelf ? 0 : 1);
      expect(told.length - posted.length).toBeLessThanOrEqual(otherSide() === shelf ? 1 : 2);
    },
    120_000,
  );
});

describe("an integrator that answers after thirty seconds", () => {
  it("is hung up on after ten, tried again under the same id, and nobody else's events wait for it", async () => {
    const worker = start();
    app.receiver.received.length = 0;
    app.receiver.answers.push("silence");
    await app.post({ id: "slow-1", user_id: "slow", text: "慢" });
    await vi.waitUntil(() => app.receiver.received.length === 1, 20_000);
    const began = Date.now();
    await app.post({ id: "quick-1", user_id: "quick", text: "快" });
    await vi.waitUntil(() => app.told().some((body) => body["user_id"] === "quick"), 20_000);
    const waited = Date.now() - began;
    await vi.waitUntil(() => app.told().filter((body) => body["user_id"] === "slow").length > 1, 40_000);
    expect(waited).toBeLessThan(Date.now() - began);
    const [first, second] = app.told().filter((body) => body["user_id"] === "slow");
    expect(second).toEqual(first);
    // Noted a moment after it was answered.
    await vi.waitUntil(async () => (await eventOf(String(first?.["id"])))?.outcome === "delivered", 20_000);
    expect(await eventOf(String(first?.["id"]))).toEqual({ outcome: "delivered", attempts: 2 });
    await worker.kill("SIGTERM");
  }, 90_000);
});
