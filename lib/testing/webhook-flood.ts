import { setTimeout as pause } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { expect, vi } from "vitest";
import { webhookDeliveries } from "@/db/schema/channels";
import { messages } from "@/db/schema/conversations";
import { runDueJobs } from "@/lib/composition/worker";
import { env } from "@/lib/platform/env/env";
import { type PushOutcome, type PushTarget, push } from "./stubs/wechat/follower";
import { WechatFixture } from "./wechat-fixture";
import { bundleHotServer, HotServerProcess } from "./worker-process";

const CUSTOMERS = 40;
/** Every fifth push is the one before it once more. */
const COPY_EVERY = 5;

async function pushAtRate(target: PushTarget, perSecond: number, seconds: number): Promise<PushOutcome[]> {
  const total = perSecond * seconds;
  const start = performance.now();
  const running: Promise<PushOutcome>[] = [];
  for (let index = 0; index < total; index += 1) {
    await pause(Math.max(0, start + (index * 1_000) / perSecond - performance.now()));
    const number = index % COPY_EVERY === 0 && index > 0 ? index - 1 : index;
    const fields = { MsgType: "text", Content: `第 ${number} 条`, MsgId: `4400000${number}` };
    running.push(push(target, `o-flood-${number % CUSTOMERS}`, fields));
  }
  return Promise.all(running);
}

/**
 * Floods the webhook of a process of its own over real HTTP, a fifth of it twice (T09): WeChat hears "success" to each,
 * what is stored is what was told, once, and so are the messages.
 *
 * @param patience `first-try`: within WeChat's five seconds; else at one of its next tries, on a machine that does much beside
 */
export async function surviveFlood(
  perSecond: number,
  seconds: number,
  patience: "first-try" | "all-tries",
): Promise<void> {
  const wechat = await WechatFixture.create();
  const settings = { ENCRYPTION_KEY: env().ENCRYPTION_KEY };
  const server = new HotServerProcess(await bundleHotServer(), wechat.api.desk.url, settings);
  try {
    const url = await server.url();
    const post: PushTarget["post"] = (query, body, contentType, signal) => {
      const headers = { "content-type": contentType };
      return fetch(`${url}/api/webhooks/${wechat.channelId}?${query}`, { method: "POST", headers, body, signal });
    };
    const outcomes = await pushAtRate({ ...wechat.target(), post }, perSecond, seconds);
    const total = perSecond * seconds;
    const unique = total - Math.floor((total - 1) / COPY_EVERY);
    expect(outcomes.map(({ kind }) => kind)).toEqual(outcomes.map(() => "accepted"));
    if (patience === "first-try") {
      expect(outcomes.map(({ tries }) => tries)).toEqual(outcomes.map(() => 1));
    }
    const { db } = wechat.api.desk;
    expect(await db.select({ id: webhookDeliveries.id }).from(webhookDeliveries)).toHaveLength(unique);
    const said = () => db.select({ text: messages.text }).from(messages).where(eq(messages.authorKind, "visitor"));
    await vi.waitUntil(
      async () => {
        await runDueJobs();
        return (await said()).length >= unique;
      },
      { timeout: 240_000, interval: 100 },
    );
    const texts = (await said()).map(({ text }) => text);
    expect(texts).toHaveLength(unique);
    expect(new Set(texts).size).toBe(unique);
  } finally {
    await server.kill("SIGKILL");
    await wechat.end();
  }
}
