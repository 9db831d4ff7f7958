import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { webhookDeliveries } from "@/db/schema/channels";
import { encryptEnvelope, platformSignature } from "@/lib/channels/platform-crypto/envelope";
import { type BellTarget, bellOf, signCallback, write, writeText } from "@/lib/testing/stubs/wecom/bell";
import { WecomFixture } from "@/lib/testing/wecom-fixture";

let wecom: WecomFixture;
let target: BellTarget;

beforeAll(async () => {
  wecom = await WecomFixture.create();
  ({ target } = wecom);
});

afterAll(() => wecom.end());

interface Sent {
  readonly query: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
}

const bell = (): string => bellOf(target.corpId, wecom.stub.account.openKfId, wecom.stub.log.bell(), new Date());
const signed = (body = bell(), at = new Date()): Sent => signCallback(target, body, at);

/** A ciphertext of our own making under a good signature: what only somebody with the token could send. */
function sealed(encrypted: string): Sent {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const query = { timestamp, nonce: "n", msg_signature: platformSignature(target.token, timestamp, "n", encrypted) };
  return { query, body: `<xml><ToUserName>${target.corpId}</ToUserName><Encrypt>${encrypted}</Encrypt></xml>` };
}

const post = ({ query, body }: Sent): Promise<Response> =>
  target.post(new URLSearchParams(query), Buffer.from(body).toString("utf8"), AbortSignal.timeout(10_000));
const stored = async () => (await wecom.api.desk.db.select().from(webhookDeliveries)).length;
const withQuery = (sent: Sent, change: Record<string, string>): Sent => ({
  ...sent,
  query: { ...sent.query, ...change },
});

describe("what is not WeCom's is refused and leaves no trace (T51, T52)", () => {
  it.each<readonly [string, () => Sent]>([
    ["a wrong signature", () => withQuery(signed(), { msg_signature: "0".repeat(40) })],
    ["no signature", () => ({ ...signed(), query: {} })],
    ["another nonce", () => withQuery(signed(), { nonce: "1" })],
    ["an old callback", () => signed(bell(), new Date(Date.now() - 301_000))],
    ["one from the future", () => signed(bell(), new Date(Date.now() + 301_000))],
    ["one for another corp", () => sealed(encryptEnvelope(target.encodingAesKey, "ww0", bell()))],
    ["cut base64", () => sealed(encryptEnvelope(target.encodingAesKey, target.corpId, bell()).slice(0, -3))],
    ["wrong padding", () => sealed(Buffer.alloc(64, 7).toString("base64"))],
    ["an empty ciphertext", () => sealed("")],
    ["no XML", () => ({ ...signed(), body: "hello" })],
    [
      "entities that grow",
      () => ({
        ...signed(),
        body: '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><xml><Encrypt>&b;</Encrypt></xml>',
      }),
    ],
    [
      "an entity of a file, inside",
      () =>
        sealed(
          encryptEnvelope(
            target.encodingAesKey,
            target.corpId,
            '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><Event>&a;</Event></xml>',
          ),
        ),
    ],
  ])("%s", async (_, make) => {
    const before = await stored();
    expect((await post(make())).status).toBe(403);
    expect(await stored()).toBe(before);
  });

  it("ten megabytes", async () => {
    expect([403, 413]).toContain((await post({ ...signed(), body: "x".repeat(10_000_000) })).status);
  });

  it("and wrong padding and another corp are told apart neither by words nor by time", async () => {
    const padded = sealed(Buffer.alloc(4_096, 7).toString("base64"));
    const other = sealed(encryptEnvelope(target.encodingAesKey, "ww0", "x".repeat(4_000)));
    const told = await Promise.all(
      [padded, other].map(async (each) => {
        const { status, reason, detail } = JSON.parse(await (await post(each)).text()) as Record<string, unknown>;
        return { status, reason, detail };
      }),
    );
    expect(told[0]).toEqual(told[1]);
    // The quickest of many, in turns: what the machine does beside it slows any single one down.
    const quickest = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let round = 0; round < 100; round += 1) {
      for (const [index, each] of [padded, other].entries()) {
        const started = performance.now();
        await post(each);
        quickest[index] = Math.min(quickest[index] ?? 0, performance.now() - started);
      }
    }
    expect(Math.max(...quickest) / Math.min(...quickest)).toBeLessThan(3);
  });
});

describe("what a customer says", () => {
  it("is kept however odd its characters are; a kind that is new to us is a line", async () => {
    const words = ["😀👨‍👩‍👧 𠮷", "a]]b", "<!DOCTYPE x>", "&amp; &lt;", "'; drop table messages; --"];
    for (const text of words) {
      writeText(wecom.stub, "wm-odd", text);
    }
    write(wecom.stub, "wm-odd", { msgtype: "hologram", hologram: {} });
    await wecom.ringAndRead();
    expect(await wecom.said("wm-odd")).toEqual(words);
    expect(await wecom.noted("wm-odd")).toContain("channel_event.unknown_message");
  });
});
