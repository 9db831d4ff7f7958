import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { env } from "@/lib/platform/env/env";
import { push } from "@/lib/testing/stubs/wechat/follower";
import { WechatFixture } from "@/lib/testing/wechat-fixture";
import { bundleWorker, isAllDone, WorkerProcess } from "@/lib/testing/worker-process";

const SEND = "/cgi-bin/message/custom/send";
const now = () => Math.floor(Date.now() / 1000);

/** What the worker has asked WeChat for when it is killed, and gets no answer to. */
const POINTS = [
  ["a token", "/cgi-bin/stable_token"],
  ["a file that the customer sent", "/cgi-bin/media/get"],
  ["who the customer is", "/cgi-bin/user/info"],
  ["a reply to be sent", SEND],
] as const;

let program: string;
let wechat: WechatFixture;
const workers: WorkerProcess[] = [];

const start = (): WorkerProcess => {
  const settings = { ENCRYPTION_KEY: env().ENCRYPTION_KEY, OUTGOING_ALLOW_HOSTS: new URL(wechat.stub.url).host };
  const worker = new WorkerProcess(program, wechat.api.desk.url, settings);
  workers.push(worker);
  return worker;
};

beforeAll(async () => {
  program = await bundleWorker();
  wechat = await WechatFixture.create();
}, 60_000);

afterAll(async () => {
  await wechat.end();
});

// One that a failed test left behind would do the work of the next one.
afterEach(() => Promise.all(workers.splice(0).map((worker) => worker.kill("SIGKILL"))));

describe("a worker that is killed while it waits for WeChat", () => {
  it.each(POINTS)(
    "having asked for %s loses nothing and doubles nothing",
    async (_, path) => {
      const { stub } = wechat;
      const customer = `o${path.replaceAll("/", "-")}`;
      if (path.endsWith("token")) {
        stub.expireTokens();
      }
      stub.calls.length = 0;
      stub.sent.length = 0;
      stub.trouble(path, "silence");
      const say = (MsgId: string, fields: Record<string, string>) =>
        push(wechat.target(), customer, {
          CreateTime: String(now()),
          ...fields,
          MsgId: `${MsgId}${POINTS.findIndex((point) => point[1] === path)}`,
        });
      await say("771", { MsgType: "text", Content: "第一句" });
      await say("772", { MsgType: "voice", MediaId: "gone", Format: "amr" });
      await say("773", { MsgType: "text", Content: "第三句" });
      const killed = start();
      await vi.waitUntil(() => stub.calls.includes(path), 60_000);
      await killed.kill("SIGKILL");
      // WeChat does not know that we know: it tries the last one again.
      await say("773", { MsgType: "text", Content: "第三句" });
      const next = start();
      await vi.waitUntil(async () => (await wechat.said(customer)).length === 3, 60_000);
      expect(await wechat.said(customer)).toEqual(["第一句", "[voice.amr]", "第三句"]);
      const replies = async () => (await wechat.ofCustomer(customer)).filter((row) => row.authorKind === "bot");
      await vi.waitUntil(async () => {
        const all = await replies();
        return all.length > 0 && all.every((row) => row.delivery !== "queued") && (await isAllDone(wechat.api.desk.db));
      }, 60_000);
      const sent = stub.sent.filter(({ touser }) => touser === customer);
      const delivered = (await replies()).filter((row) => row.delivery === "sent");
      // The one that was on its way is marked: WeChat has no means to tell a repetition, and nobody knows what it did.
      const uncertain = (await replies()).filter((row) => row.deliveryError === "uncertain");
      // Whatever it was killed at, it may have been sending to the same customer as well.
      expect(uncertain.length).toBeLessThanOrEqual(1);
      expect(uncertain.length).toBeGreaterThanOrEqual(path === SEND ? 1 : 0);
      expect(sent.length).toBeGreaterThanOrEqual(delivered.length);
      expect(sent.length).toBeLessThanOrEqual(delivered.length + (path === SEND ? 0 : uncertain.length));
      expect(delivered.length + uncertain.length).toBe((await replies()).length);
      await next.kill("SIGTERM");
    },
    200_000,
  );
});
