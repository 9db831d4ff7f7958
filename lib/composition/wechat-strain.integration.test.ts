import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rowsOf } from "@/db/client";
import { webhookDeliveries } from "@/db/schema/channels";
import { messages } from "@/db/schema/conversations";
import { flood, push, say } from "@/lib/testing/stubs/wechat/follower";
import { WechatFixture } from "@/lib/testing/wechat-fixture";
import { runDueJobs } from "./worker";

/** How long WeChat waits. */

let wechat: WechatFixture;

beforeAll(async () => {
  wechat = await WechatFixture.create();
});

afterAll(() => wechat.end());

describe("WeChat under strain", () => {
  it("400 messages at once, a fifth of them twice and all out of order, are acknowledged, and each is kept once (T09, T24)", async () => {
    const sent = Array.from({ length: 320 }, (_, index) => ({
      openId: `o-flood-${index % 16}`,
      fields: { MsgType: "text", Content: `第 ${index} 条`, MsgId: `44${String(index).padStart(6, "0")}` },
    }));
    const outcomes = await flood(wechat.target(), sent, { copies: 80, seed: 7 });
    expect(outcomes).toHaveLength(400);
    // At the first try or, on a machine that is busy, at one of WeChat's next ones: kept once either way.
    expect(outcomes.every(({ kind }) => kind === "accepted")).toBe(true);
    const stored = await wechat.api.desk.db.select().from(webhookDeliveries);
    expect(stored).toHaveLength(320);
    await wechat.finish();
    const rows = await wechat.api.desk.db.select().from(messages).where(eq(messages.authorKind, "visitor"));
    expect(rows.map(({ text }) => text).sort()).toEqual(sent.map(({ fields }) => fields.Content).sort());
  }, 180_000);

  it("a process that stands still for two seconds answers in time all the same (T28)", async () => {
    const outcome = say(wechat.target(), "o-stall", "在吗");
    const until = performance.now() + 2_000;
    while (performance.now() < until) {
      // Nothing else runs in this process now.
    }
    // At the first try: after five seconds WeChat would have tried again.
    expect(await outcome).toEqual({ kind: "accepted", tries: 1 });
    await runDueJobs();
    expect(await wechat.said("o-stall")).toEqual(["在吗"]);
  });

  it("a file's address that leads into this network is not visited; the words go without it (T56)", async () => {
    let visits = 0;
    const inside = createServer((_, response) => {
      visits += 1;
      response.end("secret");
    });
    await new Promise<void>((listening) => inside.listen(0, "127.0.0.1", listening));
    const { port } = inside.address() as AddressInfo;
    const answer = JSON.stringify({ video_url: `http://127.0.0.1:${port}/latest/meta-data` });
    const MediaId = wechat.stub.addMedia(Buffer.from(answer), "text/plain");
    await push(wechat.target(), "o-inside", { MsgType: "video", MediaId, MsgId: "5600001" });
    // As if the platform had been asked for its minute.
    await rowsOf(wechat.api.desk.db, sql`update webhook_deliveries set created_at = now() - interval '2 minutes'`);
    await runDueJobs();
    inside.close();
    expect(visits).toBe(0);
    expect(await wechat.said("o-inside")).toEqual(["[video.mp4]"]);
  });
});
