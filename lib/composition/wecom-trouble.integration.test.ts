import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { writeText } from "@/lib/testing/stubs/wecom/bell";
import type { KfStub, KfTrouble } from "@/lib/testing/stubs/wecom/kf-stub";
import { WecomFixture } from "@/lib/testing/wecom-fixture";

const SEND = "/cgi-bin/kf/send_msg";
const SYNC = "/cgi-bin/kf/sync_msg";

let wecom: WecomFixture;
let stub: KfStub;

beforeAll(async () => {
  wecom = await WecomFixture.create();
  ({ stub } = wecom);
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
    await wecom.hurry();
    await wecom.drain();
    await wecom.hurry();
    await wecom.drain();
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

describe("WeCom that says nothing for thirty seconds", () => {
  it("is hung up on after ten; the reply waits, and goes out once when it answers again", async () => {
    writeText(stub, "wm-slow", "在吗");
    await wecom.ringAndRead();
    stub.trouble(SEND, "silence");
    const id = await wecom.reply("wm-slow", "马上");
    const began = Date.now();
    await wecom.drain();
    expect(Date.now() - began).toBeLessThan(15_000);
    expect(await wecom.stateOf(id)).toMatchObject({ delivery: "queued", deliveryError: "unreachable" });
    await wecom.hurry();
    await wecom.drain();
    expect(await wecom.stateOf(id)).toMatchObject({ delivery: "sent" });
    expect(wecom.sentTo("wm-slow").filter((text) => text === "马上")).toHaveLength(1);
  }, 60_000);
});
