import { expect, vi } from "vitest";
import { runDueJobs, startWorker } from "@/lib/composition/worker";
import { say } from "./stubs/wechat/follower";
import type { WechatFixture } from "./wechat-fixture";

const SEND = "/cgi-bin/message/custom/send";

/** What the agent sees of a reply. */
const seen = async (wechat: WechatFixture, id: string) => {
  const row = await wechat.stateOf(id);
  return { delivery: row?.delivery, why: row?.deliveryError };
};

/**
 * WeChat takes a reply and says so only after a while, on the way of a worker that works: what customers say meanwhile is
 * taken, another channel's reply goes out, and this one arrives once and is told as sent.
 */
export async function expectSlowSendIsBorne(wechat: WechatFixture, milliseconds: number): Promise<void> {
  const { stub } = wechat;
  await wechat.say("o-slow", "转人工");
  const mini = await wechat.addChannel("wechat-mini");
  await say(wechat.target(mini), "o-mini", "转人工");
  await runDueJobs();
  stub.sent.length = 0;
  stub.trouble(SEND, { after: milliseconds });
  const worker = await startWorker();
  try {
    const calls = stub.calls.filter((path) => path === SEND).length;
    const slow = (await (await wechat.tryReply("o-slow", "马上为您查")).json()) as { id: string };
    await vi.waitUntil(() => stub.calls.filter((path) => path === SEND).length > calls, 60_000);
    // Nobody has heard from the platform yet; all else goes on.
    expect(await seen(wechat, slow.id)).toEqual({ delivery: "queued", why: null });
    expect(await say(wechat.target(), "o-slow", "还在吗")).toEqual({ kind: "accepted", tries: 1 });
    const other = (await (await wechat.tryReply("o-mini", "小程序这边好了")).json()) as { id: string };
    await vi.waitUntil(async () => (await seen(wechat, other.id)).delivery === "sent", 60_000);
    await vi.waitUntil(async () => (await wechat.said("o-slow")).includes("还在吗"), 60_000);
    await vi.waitUntil(async () => (await seen(wechat, slow.id)).delivery === "sent", milliseconds + 60_000);
    expect(wechat.sentTo("o-slow").filter((text) => text === "马上为您查")).toHaveLength(1);
    expect(wechat.sentTo("o-mini")).toContain("小程序这边好了");
  } finally {
    await worker.stop();
  }
}
