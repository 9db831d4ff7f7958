import { afterAll, describe, expect, it, vi } from "vitest";
import { differences, fetchAll, keepSending, startVisitors } from "./chat-load";
import { newDataDirectory, type RunningApp, removeDataDirectory, startApp } from "./running-app";

const visitorCount = 8;
/** The launcher promises to be gone within 5 s; the rest is for a test machine with other work to do. */
const patienceMs = 10_000;

describe("T31 SIGTERM in mid-load", () => {
  const dataDirectory = newDataDirectory();
  let app: RunningApp | undefined;
  afterAll(async () => {
    await app?.stop();
    removeDataDirectory(dataDirectory);
  });

  it("ends cleanly in time, and nothing acknowledged is lost or doubled over the restart", async () => {
    app = await startApp(dataDirectory, { port: 4155 });
    const first = app;
    const visitors = await startVisitors(first, visitorCount);
    const senders = visitors.map((visitor, index) => keepSending(first, visitor, `stop-${index}`));
    const sent = () => senders.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0);
    await vi.waitUntil(() => sent() >= visitorCount * 3, { timeout: 20_000 });
    const { code, tookMs } = await first.stop("SIGTERM");
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(patienceMs);

    app = await startApp(dataDirectory, { port: 4155 });
    const before = sent();
    await vi.waitUntil(() => sent() >= before + visitorCount, { timeout: 20_000 });
    await Promise.all(senders.map((sender) => sender.stop()));
    const stored = await Promise.all(visitors.map((visitor) => fetchAll(first, visitor)));
    expect(senders.flatMap((sender, index) => differences(sender, stored[index] ?? []))).toEqual([]);
  });
});
