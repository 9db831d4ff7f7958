import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { conversations } from "@/db/schema/conversations";
import type { OpenAiScenario, OpenAiServer } from "@/lib/testing/stubs/openai";
import { say } from "@/lib/testing/stubs/wechat/follower";
import type { WechatFixture } from "@/lib/testing/wechat-fixture";
import { ANSWER, QUESTION, startWechatWithModel, type WechatWithModel } from "@/lib/testing/wechat-model";
import { runDueJobs, startWorker } from "./worker";

let fixture: WechatWithModel;
let wechat: WechatFixture;
let model: OpenAiServer;

beforeAll(async () => {
  fixture = await startWechatWithModel(1_000);
  ({ wechat, model } = fixture);
});

afterAll(() => fixture.end());

/** The model is well again, and has shown it: what failed before counts no more. */
async function mend(): Promise<void> {
  model.behave({ kind: "answer", words: ["在「我的订单」里", "点「申请退款」[1]"] });
  await wechat.say(`o-well-${model.requests.length}`, QUESTION);
}

const replied = (customer: string) => vi.waitUntil(() => wechat.sentTo(customer).length > 0, 30_000);

async function statusOf(customer: string): Promise<string | undefined> {
  const id = await wechat.conversationOf(customer);
  const [row] = await wechat.api.desk.db.select().from(conversations).where(eq(conversations.id, id));
  return row?.status;
}

describe("a WeChat customer, while the model fails (T27)", () => {
  it("by hanging: WeChat is answered at once all the same, and the customer gets the entry's own words", async () => {
    model.behave({ kind: "silent" });
    const asked = model.requests.length;
    const worker = await startWorker();
    try {
      expect(await say(wechat.target(), "o-hangs", QUESTION)).toEqual({ kind: "accepted", tries: 1 });
      await vi.waitUntil(() => model.requests.length > asked, 20_000);
      // The model is being waited for; nobody at the door waits with it.
      expect(await say(wechat.target(), "o-meanwhile", QUESTION)).toEqual({ kind: "accepted", tries: 1 });
      await replied("o-hangs");
      expect(wechat.sentTo("o-hangs").join("")).toContain(ANSWER);
      await replied("o-meanwhile");
    } finally {
      await worker.stop();
    }
    await mend();
  }, 180_000);

  it.each<[string, OpenAiScenario]>([
    ["half a stream and then nothing", { kind: "stalled", words: ["在我的", "订单里"] }],
    ["a 500", { kind: "status", status: 500, body: "<html>oops</html>" }],
    ["garbage instead of JSON", { kind: "malformed", words: ["在我的"] }],
  ])(
    "by %s: the entry's own words go out, once",
    async (name, scenario) => {
      model.behave(scenario);
      const asked = model.requests.length;
      await wechat.say(`o-${name}`, QUESTION);
      await replied(`o-${name}`);
      expect(wechat.sentTo(`o-${name}`).join("")).toContain(ANSWER);
      expect(wechat.sentTo(`o-${name}`)).toHaveLength(1);
      expect(model.requests.length).toBeGreaterThan(asked);
      await mend();
    },
    180_000,
  );

  it("and nothing is known: the customer is told so, and is with a person after that", async () => {
    model.behave({ kind: "status", status: 500 });
    await wechat.say("o-lost", "量子纠缠的原理是什么");
    await wechat.say("o-lost", "那黑洞里面有什么");
    await runDueJobs();
    expect(wechat.sentTo("o-lost").length).toBeGreaterThan(1);
    expect(["queued", "assigned"]).toContain(await statusOf("o-lost"));
  }, 180_000);

  it("again and again: it is not asked any more, and the next customer is answered all the same", async () => {
    model.behave({ kind: "status", status: 500 });
    for (let time = 0; time < 3; time += 1) {
      await wechat.say(`o-broken-${time}`, QUESTION);
    }
    const asked = model.requests.length;
    await wechat.say("o-after", QUESTION);
    await replied("o-after");
    expect(wechat.sentTo("o-after").join("")).toContain(ANSWER);
    expect(model.requests).toHaveLength(asked);
  }, 180_000);
});
