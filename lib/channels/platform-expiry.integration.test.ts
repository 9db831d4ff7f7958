import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sharedCache } from "@/lib/platform/shared-cache";
import { createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { PIXEL } from "@/lib/testing/pixel";
import { StubClock } from "@/lib/testing/stubs/clock";
import { startPlatformStub } from "@/lib/testing/stubs/wechat/platform-stub";
import { startKfStub } from "@/lib/testing/stubs/wecom/kf-stub";
import type { OutboundFile } from "./adapter";
import { wechatAdapter } from "./adapters/wechat/adapter";
import { wechatConfig } from "./adapters/wechat/schema";
import { wecomAdapter } from "./adapters/wecom/adapter";
import { wecomConfig } from "./adapters/wecom/schema";
import { channelTokenSource } from "./token-service";

const HOUR_SECONDS = 3_600;
const DAY_SECONDS = 86_400;
const LIFE_SECONDS = 7_200;
const UPLOAD = "/cgi-bin/media/upload";
const CUSTOMER = "customer-1";

interface Platform {
  /** The platform's own clock and ours: the same, unless a test lets one of them run ahead. */
  readonly theirs: StubClock;
  readonly ours: StubClock;
  readonly stub: {
    readonly url: string;
    readonly sent: readonly { readonly msgtype: string; readonly text: string }[];
    readonly calls: string[];
    readonly refusals: number[];
    readonly tokens: readonly string[];
    readonly stop: () => Promise<void>;
  };
  /** The customer writes, so that replies are taken. */
  readonly write: () => void;
  readonly send: (
    source: ReturnType<typeof channelTokenSource>,
    part: { readonly text?: string; readonly file?: OutboundFile; readonly id: string },
  ) => Promise<unknown>;
}

const outbound = ({ id, text = "", file }: Parameters<Platform["send"]>[1]) => ({
  externalUserId: CUSTOMER,
  messageId: id,
  text,
  files: file ? [file] : [],
  idempotencyKey: `${id}:0`,
});

async function wechat(): Promise<Platform> {
  const [theirs, ours] = [new StubClock(), new StubClock()];
  const account = { appId: "wx1234567890abcdef", appSecret: "app secret of tests" };
  const stub = await startPlatformStub(account, { now: theirs.now });
  return {
    theirs,
    ours,
    stub,
    write: () => stub.ledger.open(CUSTOMER, "message"),
    send: (tokens, part) =>
      wechatAdapter.send(outbound(part), {
        config: wechatConfig.parse({ appId: account.appId, apiBase: stub.url }),
        secrets: { appSecret: account.appSecret },
        fetch,
        tokens,
        now: () => new Date(ours.now()),
        signal: AbortSignal.timeout(20_000),
      }),
  };
}

async function wecom(): Promise<Platform> {
  const [theirs, ours] = [new StubClock(), new StubClock()];
  const account = { corpId: "ww12345678910abcd", corpSecret: "corp secret of tests", openKfId: "wkAJ2GCAAASSm4" };
  const stub = await startKfStub(account, { now: theirs.now });
  return {
    theirs,
    ours,
    stub,
    write: () => stub.log.said(CUSTOMER),
    send: (tokens, part) =>
      wecomAdapter.send(outbound(part), {
        config: wecomConfig.parse({ corpId: account.corpId, openKfId: account.openKfId, apiBase: stub.url }),
        secrets: { corpSecret: account.corpSecret },
        fetch,
        tokens,
        now: () => new Date(ours.now()),
        signal: AbortSignal.timeout(20_000),
      }),
  };
}

const picture: OutboundFile = {
  id: "fil_picture",
  name: "a.png",
  mime: "image/png",
  size: PIXEL.byteLength,
  url: "https://shop.example/a.png",
  read: async () => PIXEL,
};

let desk: DeskFixture;
beforeAll(async () => {
  desk = await createDeskFixture();
});
afterAll(() => desk.end());

describe.each([
  ["WeChat", wechat],
  ["WeCom", wecom],
])("what %s gives for a while", (_, start) => {
  let platform: Platform;
  let channelId: string;
  let sent = 0;

  beforeAll(async () => {
    platform = await start();
    channelId = (await desk.merchant()).channelId;
  });
  afterAll(() => platform.stub.stop());
  beforeEach(() => {
    platform.stub.calls.length = 0;
    platform.stub.refusals.length = 0;
  });

  const source = () => channelTokenSource(desk.db, channelId, () => new Date(platform.ours.now()));
  const pass = (seconds: number) => {
    platform.theirs.advance(seconds * 1_000);
    platform.ours.advance(seconds * 1_000);
  };
  const send = async (part: { readonly text?: string; readonly file?: OutboundFile }) => {
    sent += 1;
    platform.write();
    await platform.send(source(), { ...part, id: `msg_${sent}` });
  };
  const uploads = () => platform.stub.calls.filter((path) => path === UPLOAD).length;

  it("a token is replaced before its end, once, and no call meets a dead one", async () => {
    await send({ text: "一" });
    const given = platform.stub.tokens.length;
    pass(LIFE_SECONDS - 400);
    await send({ text: "二" });
    expect(platform.stub.tokens).toHaveLength(given);
    // Past the last minutes of it in steps: whatever the platform says is left, a call never carries one that is over.
    for (let step = 0; step < 20; step += 1) {
      pass(30);
      await Promise.all([send({ text: "三" }), send({ text: "四" })]);
    }
    expect(platform.stub.tokens).toHaveLength(given + 1);
    expect(platform.stub.refusals).toEqual([]);
  });

  it("a token that ended before its time is refused, replaced once for all who were refused, and their calls made again", async () => {
    await send({ text: "之前" });
    const given = platform.stub.tokens.length;
    const before = platform.stub.sent.length;
    platform.theirs.advance(LIFE_SECONDS * 1_000);
    await Promise.all(Array.from({ length: 4 }, (_each, index) => send({ text: `之后 ${index}` })));
    expect(new Set(platform.stub.refusals)).toEqual(new Set([42001]));
    expect(platform.stub.tokens).toHaveLength(given + 1);
    expect(
      platform.stub.sent
        .slice(before)
        .map(({ text }) => text)
        .sort(),
    ).toEqual(["之后 0", "之后 1", "之后 2", "之后 3"]);
  });

  it("a picture is uploaded once for three days, and again before it is gone there", async () => {
    await send({ file: picture });
    for (let day = 0; day < 2; day += 1) {
      pass(DAY_SECONDS);
      await send({ file: picture });
    }
    expect(uploads()).toBe(1);
    pass(DAY_SECONDS - HOUR_SECONDS / 2);
    await send({ file: picture });
    pass(HOUR_SECONDS);
    await send({ file: picture });
    expect(uploads()).toBe(2);
    expect(platform.stub.refusals).not.toContain(40007);
  });

  it("a picture that is gone there before its time is refused, uploaded again, and arrives once", async () => {
    // Another process has no memory of it, only the table; the same answer is expected of it.
    sharedCache("channel-tokens", 1, 1).clear();
    const before = platform.stub.sent.length;
    platform.theirs.advance(3 * DAY_SECONDS * 1_000);
    await send({ file: picture });
    expect(platform.stub.refusals).toContain(40007);
    expect(uploads()).toBe(1);
    expect(platform.stub.sent.slice(before).map(({ msgtype }) => msgtype)).toEqual(["image"]);
  });
});

describe("tokens of WeChat itself", () => {
  const account = { appId: "wx1234567890abcdef", appSecret: "app secret of tests" };
  const clock = new StubClock();
  let stub: Awaited<ReturnType<typeof startPlatformStub>>;
  beforeAll(async () => {
    stub = await startPlatformStub(account, { now: clock.now });
  });
  afterAll(() => stub.stop());

  const json = async (path: string, init?: RequestInit) =>
    (await (await fetch(`${stub.url}${path}`, init)).json()) as {
      access_token: string;
      expires_in: number;
      errcode?: number;
    };
  const plain = () =>
    json(`/cgi-bin/token?grant_type=client_credential&appid=${account.appId}&secret=${account.appSecret}`);
  const stable = (force_refresh = false) =>
    json("/cgi-bin/stable_token", {
      method: "POST",
      body: JSON.stringify({ appid: account.appId, secret: account.appSecret, force_refresh }),
    });
  const tried = async (token: string) => {
    const answer = await json(`/cgi-bin/get_api_domain_ip?access_token=${token}`);
    return answer.errcode ?? 0;
  };

  it("plain: each call makes a new one, the one before counts for five minutes, all end after two hours", async () => {
    const [first, second] = [await plain(), await plain()];
    expect(second.access_token).not.toBe(first.access_token);
    expect([await tried(first.access_token), await tried(second.access_token)]).toEqual([0, 0]);
    clock.advance(301_000);
    expect([await tried(first.access_token), await tried(second.access_token)]).toEqual([42001, 0]);
    clock.advance(LIFE_SECONDS * 1_000);
    expect(await tried(second.access_token)).toBe(42001);
    expect([await tried("made up"), await tried("")]).toEqual([40001, 41001]);
  });

  it("stable: the same until five minutes before its end, then both count; a forced one ends the other, at most every 30 s", async () => {
    const first = await stable();
    expect(await stable()).toMatchObject({ access_token: first.access_token });
    clock.advance((LIFE_SECONDS - 290) * 1_000);
    const second = await stable();
    expect(second.access_token).not.toBe(first.access_token);
    expect([await tried(first.access_token), await tried(second.access_token)]).toEqual([0, 0]);
    const forced = await stable(true);
    expect([await tried(second.access_token), await tried(forced.access_token)]).toEqual([40001, 0]);
    expect((await stable(true)).access_token).toBe(forced.access_token);
    clock.advance(31_000);
    expect((await stable(true)).access_token).not.toBe(forced.access_token);
  });
});
