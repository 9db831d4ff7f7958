import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { differences, fetchAll, keepSending, startVisitors } from "./chat-load";
import { newDataDirectory, type RunningApp, removeDataDirectory, startApp, waitUntilWell } from "./running-app";

const rounds = process.env["YINGDA_SOAK"] === "1" ? 20 : 2;
const visitorCount = 8;
/** On an idle machine the server is back in 1.1 s and the database in 0.2 s; the test machine may have other work to do. */
const patienceMs = 15_000;

describe("a crash in mid-load loses nothing that was acknowledged", () => {
  let dataDirectory: string;
  let app: RunningApp;
  let visitors: Awaited<ReturnType<typeof startVisitors>>;

  beforeAll(async () => {
    dataDirectory = newDataDirectory();
    app = await startApp(dataDirectory, { port: 4150 });
    visitors = await startVisitors(app, visitorCount);
  });
  afterAll(async () => {
    await app?.stop();
    removeDataDirectory(dataDirectory);
  });

  /** Visitors send while something is killed and comes back; then every acknowledged message is there, once, in order. */
  async function underLoad(kill: () => number, name: string): Promise<number> {
    const senders = visitors.map((visitor, index) => keepSending(app, visitor, `${name}-${index}`));
    const sent = () => senders.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0);
    await vi.waitUntil(() => sent() >= visitorCount * 3, { timeout: 20_000 });
    process.kill(kill(), "SIGKILL");
    const backAfterMs = await waitUntilWell(app.url);
    const before = sent();
    await vi.waitUntil(() => sent() >= before + visitorCount, { timeout: 20_000 });
    await Promise.all(senders.map((sender) => sender.stop()));
    const stored = await Promise.all(visitors.map((visitor) => fetchAll(app, visitor)));
    expect(senders.flatMap((sender, index) => differences(sender, stored[index] ?? []))).toEqual([]);
    return backAfterMs;
  }

  it.each(Array.from({ length: rounds }, (_, round) => round + 1))(
    "T19 kill -9 of the server, round %i: acknowledged = stored",
    async (round) => {
      expect(await underLoad(() => app.serverPid(), `server${round}`)).toBeLessThan(patienceMs);
    },
  );

  it.each(Array.from({ length: rounds }, (_, round) => round + 1))(
    "T20 kill -9 of Postgres, round %i: 503 meanwhile, acknowledged = stored",
    async (round) => {
      expect(await underLoad(() => app.postmasterPid(), `postgres${round}`)).toBeLessThan(patienceMs);
    },
  );
});
