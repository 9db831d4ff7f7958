import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { holdRetries } from "@/lib/testing/due-jobs";
import { writeText } from "@/lib/testing/stubs/wecom/bell";
import type { KfStub, KfTrouble } from "@/lib/testing/stubs/wecom/kf-stub";
import { WecomFixture } from "@/lib/testing/wecom-fixture";

const SEND = "/cgi-bin/kf/send_msg";
const SYNC = "/cgi-bin/kf/sync_msg";

let wecom: WecomFixture;
let stub: KfStub;

beforeAll(async () => {
  vi.stubEnv("CHANNEL_TIMEOUT_MS", "2000");
  wecom = await WecomFixture.create();
  ({ stub } = wecom);
  await holdRetries(wecom.api.desk.db);
});

afterAll(() => wecom.end());
beforeEach(() => wecom.settle());

/** What WeCom, or somebody in its place, may do to a request. */
const TROUBLES: readonly (readonly [name: string, trouble: KfTrouble])[] = [
  ["an HTML page", { status: 200, body: "<html>Bad gateway</html>" }],
  ["429", { status: 429, body: "" }],
  ["500", { status: 500, body: "oops" }],
  ["503 in HTML", { status: 503, body: "<html>" }],
  ["JSON that ends in the middle", { status: 200, body: '{"errcode":0,"msg' }],
  ["JSON of another shape", { status: 200, body: '"ok"' }],
  ["errcode -1", { errcode: -1 }],
  ["45009, too many calls", { errcode: 45009 }],
  ["a line that is cut", "cut"],
];

describe.each(TROUBLES)("WeCom answering with %s", (name, trouble) => {
  const customer = `wm-${TROUBLES.findIndex(([each]) => each === name)}`;

  it("to reading: nothing of the customer's is lost, and it is read when that is over", async () => {
    stub.trouble(SYNC, trouble, trouble);
    writeText(stub, customer, "在吗");
    await wecom.ringAndRead();
    expect(await wecom.said(customer)).toEqual([]);
    await wecom.finish();
    expect(await wecom.said(customer)).toEqual(["在吗"]);
  });

  it("to a reply: the agent sees that it waits and why, and it arrives once when that is over", async () => {
    stub.trouble(SEND, trouble);
    const id = await wecom.reply(customer, `好的 ${name}`);
    await wecom.drain();
    expect(await wecom.stateOf(id)).toMatchObject({
      delivery: "queued",
      deliveryError: expect.stringMatching(/^(transient|unreachable)$/),
    });
    await wecom.hurry();
    await wecom.drain();
    expect(await wecom.stateOf(id)).toMatchObject({ delivery: "sent", deliveryError: null });
    expect(wecom.sentTo(customer).filter((text) => text === `好的 ${name}`)).toHaveLength(1);
  });
});

describe("WeCom that says nothing, or too late", () => {
  it.each<readonly [string, KfTrouble]>([
    ["nothing", "silence"],
    ["three times the limit later that it took the reply", { after: 6_000 }],
  ])(
    "%s: it is hung up on at the limit, the agent sees that the reply waits, and it arrives once",
    async (name, trouble) => {
      const customer = `wm-slow-${typeof trouble}`;
      writeText(stub, customer, "在吗");
      await wecom.ringAndRead();
      stub.trouble(SEND, trouble);
      const id = await wecom.reply(customer, `马上 ${name}`);
      await wecom.drain();
      expect(await wecom.stateOf(id)).toMatchObject({ delivery: "queued", deliveryError: "unreachable" });
      await wecom.hurry();
      await wecom.drain();
      expect(await wecom.stateOf(id)).toMatchObject({ delivery: "sent" });
      expect(wecom.sentTo(customer).filter((text) => text === `马上 ${name}`)).toHaveLength(1);
    },
    180_000,
  );
});
