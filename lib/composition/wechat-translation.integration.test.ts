import { inArray, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { rowsOf } from "@/db/client";
import { messages } from "@/db/schema/conversations";
import { translationSettings } from "@/lib/conversations/translation-settings-schema";
import { updateSettings } from "@/lib/settings/service";
import { MortalWorkers } from "@/lib/testing/mortal-workers";
import type { OpenAiServer } from "@/lib/testing/stubs/openai";
import type { WechatFixture } from "@/lib/testing/wechat-fixture";
import { startWechatWithModel, type WechatWithModel } from "@/lib/testing/wechat-model";
import { runDueJobs } from "./worker";

const WORDS: Readonly<Record<string, string>> = {
  已经发货了: "It has been shipped",
  明天就到: "It will arrive tomorrow",
};

let fixture: WechatWithModel;
let wechat: WechatFixture;
let model: OpenAiServer;
let workers: MortalWorkers;
let customers = 0;
let customer: string;

/** The model knows these words in English, and no others. */
function translate(): void {
  const known = Object.entries(WORDS);
  model.behave({
    kind: "obedient",
    obey: (prompt) =>
      prompt.includes("Translate this message")
        ? (known.find(([chinese]) => prompt.includes(chinese))?.[1] ?? "我的包裹在哪里？")
        : "Let me see.",
  });
}

beforeAll(async () => {
  fixture = await startWechatWithModel(3_000);
  ({ wechat, model } = fixture);
  const hosts = [wechat.stub.url, model.baseUrl].map((url) => new URL(url).host);
  workers = await MortalWorkers.create(wechat.api.desk, hosts);
  const boss = await wechat.api.desk.agent(wechat.merchantId, "admin");
  await updateSettings(boss, wechat.merchantId, translationSettings, { patch: { enabled: true } });
}, 180_000);
afterAll(() => fixture.end());
afterEach(() => workers.end());

beforeEach(async () => {
  translate();
  customers += 1;
  customer = `o-english-${customers}`;
  await wechat.say(customer, "Where is my parcel? I ordered it last week.");
  await wechat.finish();
  wechat.stub.sent.length = 0;
});

/** The agent answers; what follows from that is not done yet. */
async function answer(text: string): Promise<string> {
  const response = await wechat.tryReply(customer, text);
  expect(response.status).toBe(201);
  return ((await response.json()) as { id: string }).id;
}

/** As if it had been written long ago: nothing is waited for any more. */
const age = (id: string) =>
  rowsOf(
    wechat.api.desk.db,
    sql`update messages set created_at = created_at - interval '1 minute' where id = ${id} returning id`,
  );

/** As if it were written later than it is: however slow the machine, its translation is waited for. */
const takeTime = (...ids: readonly string[]) =>
  wechat.api.desk.db
    .update(messages)
    .set({ createdAt: sql`created_at + interval '10 minutes'` })
    .where(inArray(messages.id, ids));

describe("an agent's reply to a WeChat customer who writes another language (V11)", () => {
  it("goes out in theirs, once, and the desk keeps what was written", async () => {
    const id = await answer("已经发货了");
    await takeTime(id);
    await wechat.finish();
    expect(wechat.sentTo(customer)).toEqual(["It has been shipped"]);
    expect(await wechat.stateOf(id)).toMatchObject({
      text: "已经发货了",
      delivery: "sent",
      translations: { visitor: { language: "en", texts: ["It has been shipped"] } },
    });
  });

  it("keeps its place: what was translated sooner does not overtake it", async () => {
    await takeTime(await answer("已经发货了"), await answer("明天就到"), await answer("👍"));
    await wechat.finish();
    expect(wechat.sentTo(customer)).toEqual(["It has been shipped", "It will arrive tomorrow", "👍"]);
  });

  it("goes out at once where nothing is to be translated", async () => {
    const asked = model.requests.length;
    await answer("It is on its way");
    await runDueJobs();
    expect(wechat.sentTo(customer)).toEqual(["It is on its way"]);
    expect(model.requests.filter(({ text }, index) => index >= asked && text.includes("on its way"))).toEqual([]);
  });

  it("goes out as it was written when the model does not answer in time, and not again when it does", async () => {
    model.behave({ kind: "silent" });
    const id = await answer("已经发货了");
    await age(id);
    await wechat.finish();
    expect(wechat.sentTo(customer)).toEqual(["已经发货了"]);
    translate();
    await wechat.say(customer, "Thank you, I see.");
    await wechat.finish();
    expect(wechat.sentTo(customer).filter((text) => text.includes("shipped"))).toEqual([]);
    expect((await wechat.stateOf(id))?.translations).toEqual({ visitor: null });
  });

  it("is lost by no worker that is killed (kill -9) while it asks the model", async () => {
    model.behave({ kind: "silent" });
    const asked = model.requests.length;
    // A reply waits some seconds for its translation: longer than that, a process may take to start.
    await workers.dieOnce(
      () => model.requests.length > asked,
      () => answer("已经发货了"),
    );
    translate();
    await wechat.finish();
    expect(wechat.sentTo(customer)).toHaveLength(1);
  }, 180_000);

  it("goes out once when a worker is killed between settling its words and sending them", async () => {
    await answer("It is on its way");
    await workers.dieAt("deliver.worded");
    expect(wechat.sentTo(customer)).toEqual([]);
    await wechat.finish();
    expect(wechat.sentTo(customer)).toEqual(["It is on its way"]);
  }, 180_000);

  it("goes out as it was written when the model fails", async () => {
    model.behave({ kind: "status", status: 500 });
    await answer("已经发货了");
    await wechat.finish();
    expect(wechat.sentTo(customer)).toEqual(["已经发货了"]);
  });
});
