import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { claimOperation, resolveOperation } from "@/lib/conversations/operations";
import type { FaultPoint } from "@/lib/platform/fault-point";
import { ANSWER_GAPS, MortalServer } from "@/lib/testing/mortal-server";
import { MortalWorkers } from "@/lib/testing/mortal-workers";
import { PIXEL } from "@/lib/testing/pixel";
import { type BellTarget, ring, write, writeText } from "@/lib/testing/stubs/wecom/bell";
import { WecomFixture } from "@/lib/testing/wecom-fixture";
import { bundleHotServer } from "@/lib/testing/worker-process";

/** What the worker has asked WeCom for when it is killed, and gets no answer to. */
const CALLS = [
  ["a page", "/cgi-bin/kf/sync_msg"],
  ["a file, in the middle of a page", "/cgi-bin/media/get"],
  ["names, after a page was stored", "/cgi-bin/kf/customer/batchget"],
  ["a reply to be sent", "/cgi-bin/kf/send_msg"],
] as const;

/** Every gap between two steps of reading a page and sending the reply out. */
const GAPS: readonly FaultPoint[] = [
  "ingest.begun",
  "feed.page_fetched",
  "ingest.customer_known",
  "ingest.files_kept",
  "ingest.message_stored",
  "feed.page_stored",
  "feed.cursor_moved",
  "ingest.all_stored",
  "ingest.request_released",
  "bot.answer_stored",
  "deliver.piece_noted",
  "deliver.piece_sent",
  "deliver.sent_noted",
];

let wecom: WecomFixture;
let workers: MortalWorkers;
let picture: string;
let customers = 0;

beforeAll(async () => {
  wecom = await WecomFixture.create();
  workers = await MortalWorkers.create(wecom.api.desk, [new URL(wecom.stub.url).host]);
  picture = wecom.stub.addMedia(PIXEL, "dot.png");
}, 180_000);

afterAll(() => wecom.end());
beforeEach(() => wecom.settle());
afterEach(() => workers.end());

/** A customer says three things and the worker dies on the way; then all is there, once, and every reply arrived once. */
async function survives(die: () => Promise<void>): Promise<void> {
  customers += 1;
  const customer = `wm-killed-${customers}`;
  writeText(wecom.stub, customer, "第一句");
  write(wecom.stub, customer, { msgtype: "image", image: { media_id: picture } });
  writeText(wecom.stub, customer, "第三句");
  expect(await ring(wecom.target)).toBe(true);
  await die();
  await wecom.finish();
  const all = await wecom.ofCustomer(customer);
  const said = all.filter(({ authorKind }) => authorKind === "visitor");
  expect(said.map(({ parts }) => parts.map((part) => part.text ?? part.type))).toEqual([
    ["第一句"],
    ["image"],
    ["第三句"],
  ]);
  const replies = all.filter(({ authorKind }) => authorKind === "bot");
  expect(replies.length).toBeGreaterThan(0);
  expect(replies.map(({ delivery }) => delivery)).toEqual(replies.map(() => "sent"));
  expect(wecom.sentTo(customer)).toHaveLength(replies.length);
}

describe("a worker that is killed (kill -9)", () => {
  it.each(GAPS)("at %s loses nothing and doubles nothing", (gap) => survives(() => workers.dieAt(gap)), 180_000);

  it.each(CALLS)(
    "having asked WeCom for %s loses nothing and doubles nothing",
    (_, path) => {
      wecom.stub.trouble(path, "silence");
      return survives(() => workers.dieOnce(() => wecom.stub.calls.includes(path)));
    },
    180_000,
  );
});

describe("a worker that is killed while a session ends", () => {
  it.each(["farewell.sent", "farewell.noted", "session.ended"] as const)(
    "at %s: the farewell reaches the customer once, the team is told once, and the session is over",
    async (gap) => {
      const customer = `wm-${gap}`;
      writeText(wecom.stub, customer, "在吗");
      await wecom.ringAndRead();
      const { id } = await wecom.conversationOf(customer);
      await wecom.api.call(claimOperation, { as: wecom.agent, params: { id } });
      await wecom.drain();
      expect((await wecom.api.call(resolveOperation, { as: wecom.agent, params: { id } })).status).toBe(200);
      await workers.dieAt(gap);
      await wecom.drain();
      expect(wecom.sentTo(customer).filter((text) => text === "再见")).toHaveLength(1);
      expect((await wecom.noted(customer)).filter((key) => key === "channel_event.farewell")).toHaveLength(1);
      expect(wecom.stub.log.customer(customer).state).toBe(4);
    },
    180_000,
  );
});

describe("a server that is killed (kill -9) before it answers WeCom's bell", () => {
  it.each(ANSWER_GAPS)(
    "at %s is rung again, and what it was rung about is read once",
    async (point) => {
      const server = new MortalServer(await bundleHotServer(), wecom.api.desk.url, point);
      const customer = `wm-${point}`;
      writeText(wecom.stub, customer, "在吗");
      const post: BellTarget["post"] = (query, body) =>
        server.post(`/api/webhooks/${wecom.channelId}?${query}`, body, { "content-type": "text/xml" });
      expect(await ring({ ...wecom.target, post })).toBe(true);
      await wecom.drain();
      await server.end();
      expect(server.deaths).toBe(1);
      expect(await wecom.said(customer)).toEqual(["在吗"]);
    },
    180_000,
  );
});
