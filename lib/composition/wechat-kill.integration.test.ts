import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { rowsOf } from "@/db/client";
import type { FaultPoint } from "@/lib/platform/fault-point";
import { ANSWER_GAPS, MortalServer } from "@/lib/testing/mortal-server";
import { MortalWorkers } from "@/lib/testing/mortal-workers";
import { PIXEL } from "@/lib/testing/pixel";
import { type PushTarget, push, say } from "@/lib/testing/stubs/wechat/follower";
import { WechatFixture } from "@/lib/testing/wechat-fixture";
import { bundleHotServer } from "@/lib/testing/worker-process";
import { runDueJobs } from "./worker";

const SEND = "/cgi-bin/message/custom/send";

/** What the worker has asked WeChat for when it is killed, and gets no answer to. */
const CALLS = [
  ["a token", "/cgi-bin/stable_token"],
  ["a file that the customer sent", "/cgi-bin/media/get"],
  ["who the customer is", "/cgi-bin/user/info"],
  ["a reply to be sent", SEND],
] as const;

/** Every gap between two steps of taking a message in and sending the reply out. */
const GAPS: readonly FaultPoint[] = [
  "ingest.begun",
  "ingest.customer_known",
  "ingest.files_kept",
  "ingest.message_stored",
  "ingest.all_stored",
  "ingest.request_released",
  "bot.answer_stored",
  "deliver.piece_noted",
  "deliver.piece_sent",
  "deliver.sent_noted",
];

let wechat: WechatFixture;
let workers: MortalWorkers;
let picture: string;
let hotServer: string;
let server: MortalServer | undefined;
let customers = 0;

beforeAll(async () => {
  wechat = await WechatFixture.create();
  await wechat.configure({ welcome: { "zh-CN": "欢迎光临" } });
  workers = await MortalWorkers.create(wechat.api.desk, [new URL(wechat.stub.url).host]);
  hotServer = await bundleHotServer();
  picture = wechat.stub.addMedia(PIXEL, "image/png");
}, 180_000);

afterAll(() => wechat.end());
afterEach(async () => {
  await workers.end();
  await server?.end();
});

const now = () => String(Math.floor(Date.now() / 1000));
const ofBot = async (customer: string) =>
  (await wechat.ofCustomer(customer)).filter(({ authorKind }) => authorKind === "bot");

/** A customer says three things; the worker dies on the way; WeChat, which has heard of nothing, says the last one again. */
async function survive(die: () => Promise<void>): Promise<string> {
  customers += 1;
  const customer = `o-killed-${customers}`;
  const say = (number: number, fields: Record<string, string>) =>
    push(wechat.target(), customer, { CreateTime: now(), ...fields, MsgId: `77${number}${customers}` });
  await say(1, { MsgType: "text", Content: "第一句" });
  await say(2, { MsgType: "image", MediaId: picture, PicUrl: "" });
  await say(3, { MsgType: "text", Content: "第三句" });
  await die();
  await say(3, { MsgType: "text", Content: "第三句" });
  await wechat.finish();
  return customer;
}

/** What the customer said, each once and in its order. */
async function expectAllSaid(customer: string): Promise<void> {
  const said = (await wechat.ofCustomer(customer)).filter(({ authorKind }) => authorKind === "visitor");
  expect(said.map(({ parts }) => parts.map((part) => part.text ?? part.type))).toEqual([
    ["第一句"],
    ["image"],
    ["第三句"],
  ]);
}

interface Uncertain {
  /** Replies of which nobody knows whether they arrived: WeChat has no means to tell a repetition. */
  readonly marked: number;
  /** Those of them that arrived. */
  readonly arrived: number;
}

/** Every other reply arrived once. */
async function fateOf(customer: string): Promise<Uncertain> {
  const replies = await ofBot(customer);
  const marked = replies.filter(({ deliveryError }) => deliveryError === "uncertain").length;
  const sent = replies.filter(({ delivery }) => delivery === "sent").length;
  expect(replies.length).toBeGreaterThan(0);
  expect(sent).toBe(replies.length - marked);
  return { marked, arrived: wechat.sentTo(customer).length - sent };
}

describe("a worker that is killed (kill -9)", () => {
  it.each(GAPS)(
    "at %s loses nothing and doubles nothing",
    async (gap) => {
      const customer = await survive(() => workers.dieAt(gap));
      await expectAllSaid(customer);
      // What was on its way then is marked, and not sent again.
      const fate: Partial<Record<FaultPoint, Uncertain>> = {
        "deliver.piece_noted": { marked: 1, arrived: 0 },
        "deliver.piece_sent": { marked: 1, arrived: 1 },
      };
      expect(await fateOf(customer)).toEqual(fate[gap] ?? { marked: 0, arrived: 0 });
    },
    180_000,
  );

  it.each(CALLS)(
    "having asked WeChat for %s loses nothing and doubles nothing",
    async (_, path) => {
      if (path.endsWith("token")) {
        wechat.stub.expireTokens();
      }
      wechat.stub.calls.length = 0;
      wechat.stub.trouble(path, "silence");
      const customer = await survive(() => workers.dieOnce(() => wechat.stub.calls.includes(path)));
      await expectAllSaid(customer);
      // Whatever it was killed at, it may have been sending to the same customer as well.
      const { marked, arrived } = await fateOf(customer);
      expect([0, 1]).toContain(marked);
      expect(marked).toBeGreaterThanOrEqual(path === SEND ? 1 : 0);
      expect(arrived).toBeGreaterThanOrEqual(0);
      expect(arrived).toBeLessThanOrEqual(path === SEND ? 0 : marked);
    },
    180_000,
  );

  it("between the event of a new follower and their welcome greets them once", async () => {
    const follow = { MsgType: "event", Event: "subscribe", EventKey: "", CreateTime: now() };
    await push(wechat.target(), "o-follows", follow);
    await workers.dieAt("ingest.event_stored");
    await push(wechat.target(), "o-follows", follow);
    await wechat.finish();
    expect(wechat.sentTo("o-follows")).toEqual(["欢迎光临"]);
    const events = (await wechat.ofCustomer("o-follows")).filter(({ authorKind }) => authorKind === "system");
    expect(events).toHaveLength(1);
  }, 180_000);
});

describe("a server that is killed (kill -9) before it answers WeChat", () => {
  /** The server that dies, and WeChat with more patience than it has: the next server may take a while to start. */
  function mortal(point: FaultPoint): { server: MortalServer; target: PushTarget } {
    const own = new MortalServer(hotServer, wechat.api.desk.url, point);
    server = own;
    const post: PushTarget["post"] = (query, body, contentType) =>
      own.post(`/api/webhooks/${wechat.channelId}?${query}`, body, { "content-type": contentType });
    return { server: own, target: { ...wechat.target(), patienceMs: 60_000, post } };
  }

  it.each(ANSWER_GAPS)(
    "at %s gets the message at WeChat's next try, once",
    async (point) => {
      const { server: own, target } = mortal(point);
      expect(await say(target, `o-${point}`, "在吗")).toEqual({ kind: "accepted", tries: 2 });
      await wechat.finish();
      expect(own.deaths).toBe(1);
      expect(await wechat.said(`o-${point}`)).toEqual(["在吗"]);
      expect(wechat.sentTo(`o-${point}`)).toHaveLength(1);
    },
    180_000,
  );

  it.each(["passive.reply_found", "passive.reply_marked"] as const)(
    "at %s: the next try brings the same reply, and it goes no other way",
    async (point) => {
      await wechat.configure({ passiveWindow: 4.5 });
      const { server: own, target } = mortal(point);
      let customer = "";
      // On a machine that is too busy to reply in time nobody dies; then somebody else asks.
      await vi.waitUntil(async () => {
        customers += 1;
        customer = `o-waits-${customers}`;
        const outcome = say(target, customer, "你好");
        await isWaiting(customer);
        await runDueJobs();
        return (await outcome).kind === "replied" && own.deaths === 1;
      }, 60_000);
      await wechat.finish();
      await expectAnswered(customer);
    },
    180_000,
  );

  it("a worker that dies after it gave a reply to the request: the reply is in the answer, and goes no other way", async () => {
    await wechat.configure({ passiveWindow: 4.5 });
    const worker = await workers.ready("passive.slot_taken");
    let customer = "";
    // On a machine that is too busy the reply comes too late for the request; then somebody else asks.
    await vi.waitUntil(async () => {
      customers += 1;
      customer = `o-slot-${customers}`;
      return (await say({ ...wechat.target(), patienceMs: 60_000 }, customer, "你好")).kind === "replied";
    }, 60_000);
    await workers.untilDead(worker);
    await wechat.finish();
    await expectAnswered(customer);
  }, 180_000);

  /** A request of this customer's waits for its reply. */
  async function isWaiting(customer: string): Promise<void> {
    const { db } = wechat.api.desk;
    await vi.waitUntil(
      async () =>
        (await rowsOf(db, sql`select 1 from passive_replies where external_user_id = ${customer}`)).length > 0,
      60_000,
    );
  }

  async function expectAnswered(customer: string): Promise<void> {
    expect(wechat.sentTo(customer)).toEqual([]);
    expect((await ofBot(customer)).map(({ delivery }) => delivery)).toEqual(["sent"]);
  }
});
