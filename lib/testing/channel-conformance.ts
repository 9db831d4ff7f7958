import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import {
  type AdapterContext,
  type ChannelAdapter,
  ChannelError,
  type Inbound,
  type RawRequest,
} from "@/lib/channels/adapter";
import { memoryTokens } from "./memory-tokens";
import { type ReceiverAnswer, startWebhookReceiver, type WebhookReceiver } from "./stubs/webhook-receiver";

/** The clock of every check. */
export const NOW = new Date("2026-03-01T08:00:00Z");

/** A genuine request of the platform and what it means. */
export interface ChannelSample {
  readonly name: string;
  readonly body: string;
  readonly inbound: readonly Partial<Inbound>[];
}

/** What the suite needs to know of one kind of channel. */
export interface ChannelUnderTest<Schema extends z.ZodType> {
  readonly adapter: ChannelAdapter<Schema>;
  readonly config: z.input<Schema>;
  readonly secrets: Readonly<Record<string, string>>;
  /** Absent for a kind that has no webhook. */
  readonly webhook?: {
    /** A request as the platform signs it. */
    readonly sign: (body: string, at: Date) => RawRequest;
    readonly samples: readonly ChannelSample[];
    /** Seconds after which a recorded request counts no more. */
    readonly windowSeconds: number;
    /**
     * True where the platform signs only what is inside of an envelope: then a changed byte is refused or changes nothing
     * of what is read.
     */
    readonly envelope?: boolean;
  };
  /** Absent for a kind that sends nothing itself. */
  readonly sending?: {
    /** The configuration that makes the adapter talk to this address. */
    readonly configFor: (address: string) => z.input<Schema>;
    /** What the platform answers when all is well; an empty 200 where that is enough. */
    readonly success?: ReceiverAnswer;
    readonly failures: readonly { readonly answer: ReceiverAnswer; readonly kind: ChannelError["kind"] }[];
  };
}

const outbound = {
  externalUserId: "user-1",
  messageId: "msg_1",
  text: "您好，已为您退款。",
  files: [],
  idempotencyKey: "msg_1",
};

/** Numbers from a seed, so that a failing mutation comes back (mulberry32). */
function seededNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const FRAGMENTS = [
  "null",
  "[]",
  "{}",
  '""',
  "1e999",
  "\u0000",
  "\\ud800",
  "�",
  "<xml>",
  "<![CDATA[",
  '{"id":',
  "-1",
  "true",
];

/** A body as a broken or hostile sender would make it: bytes flipped, cut out, doubled, or replaced by odd fragments. */
function mutate(body: Uint8Array, next: () => number): Uint8Array {
  let bytes = Buffer.from(body);
  const changes = 1 + Math.floor(next() * 4);
  for (let change = 0; change < changes; change += 1) {
    const at = Math.floor(next() * (bytes.length + 1));
    const to = at + Math.floor(next() * 12);
    const inserted = [
      Buffer.from([Math.floor(next() * 256)]),
      Buffer.alloc(0),
      Buffer.concat([bytes.subarray(at, to), bytes.subarray(at, to)]),
      Buffer.from(FRAGMENTS[Math.floor(next() * FRAGMENTS.length)] ?? ""),
    ][Math.floor(next() * 4)];
    bytes = Buffer.concat([bytes.subarray(0, at), inserted ?? Buffer.alloc(0), bytes.subarray(to)]);
  }
  return new Uint8Array(bytes);
}

function contextFor<Schema extends z.ZodType>(
  { adapter, secrets }: ChannelUnderTest<Schema>,
  config: z.input<Schema>,
  now: Date = NOW,
): AdapterContext<z.output<Schema>> {
  return {
    config: adapter.config.parse(config),
    secrets,
    fetch,
    // A token is held already: what a check counts is the request itself.
    tokens: memoryTokens({ access: "access token of tests" }),
    now: () => now,
    signal: AbortSignal.timeout(30_000),
  };
}

/** Fails when anything that an adapter said or threw holds one of its secrets. */
function expectNoSecret(said: unknown, secrets: Readonly<Record<string, string>>): void {
  const words =
    said instanceof Error ? `${said.stack} ${JSON.stringify(said)} ${String(said.cause)}` : JSON.stringify(said);
  for (const [name, value] of Object.entries(secrets)) {
    expect(words.includes(value), `${name} is in ${words}`).toBe(false);
  }
}

function describeFacts<Schema extends z.ZodType>(channel: ChannelUnderTest<Schema>): void {
  const { adapter } = channel;
  it("states facts that the product can rely on", () => {
    expect(adapter.kind).toMatch(/^[a-z][a-z0-9_-]*$/);
    expect(adapter.capabilities.maxText).toBeGreaterThan(0);
    expect([...adapter.secrets].sort()).toEqual(Object.keys(channel.secrets).sort());
    expect(adapter.capabilities.delivers).toBe(channel.sending !== undefined);
  });

  it("has a configuration that stands by its defaults, and holds no secret", () => {
    expect(adapter.config.safeParse({}).success).toBe(true);
    expect(Object.keys(contextFor(channel, channel.config).config as object)).not.toEqual(
      expect.arrayContaining([...adapter.secrets]),
    );
  });
}

function describeNoWebhook<Schema extends z.ZodType>(channel: ChannelUnderTest<Schema>): void {
  it("refuses every webhook and reads nothing from one", async () => {
    const context = contextFor(channel, channel.config);
    const request = { method: "POST", headers: {}, query: {}, body: Buffer.from('{"text":"hi"}') };
    expect(await channel.adapter.verify(request, context)).toMatchObject({ kind: "refused" });
    expect((await channel.adapter.parse(request, context)).filter(({ kind }) => kind !== "ignored")).toEqual([]);
  });
}

function describeSignature<Schema extends z.ZodType>(
  channel: ChannelUnderTest<Schema>,
  webhook: NonNullable<ChannelUnderTest<Schema>["webhook"]>,
): void {
  const context = contextFor(channel, channel.config);
  const verdictOf = async (request: RawRequest, now = NOW, secrets = channel.secrets) => {
    const verdict = await channel.adapter.verify(request, { ...context, now: () => now, secrets });
    expectNoSecret(verdict, channel.secrets);
    return verdict;
  };

  const expectHarmless = async (genuine: RawRequest, changed: RawRequest, what: string) => {
    const verdict = await verdictOf(changed);
    if (webhook.envelope && verdict.kind === "accepted") {
      expect(verdict, what).toEqual(await verdictOf(genuine));
      expect(await channel.adapter.parse(changed, context), what).toEqual(
        await channel.adapter.parse(genuine, context),
      );
    } else {
      expect(verdict, what).toMatchObject({ kind: "refused" });
    }
  };

  it.each(webhook.samples)("accepts $name and reads it", async ({ body, inbound }) => {
    const request = webhook.sign(body, NOW);
    const verdict = await verdictOf(request);
    expect(verdict).toMatchObject({ kind: "accepted" });
    expect(await verdictOf(webhook.sign(body, new Date(NOW.getTime() - 5_000)))).toEqual(verdict);
    expect(await channel.adapter.parse(request, context)).toMatchObject(inbound);
  });

  it.each(webhook.samples)("refuses $name with any one byte flipped", async ({ body }) => {
    const request = webhook.sign(body, NOW);
    for (let at = 0; at < request.body.length; at += 1) {
      const changed = Uint8Array.from(request.body);
      changed[at] = (changed[at] ?? 0) ^ 1;
      await expectHarmless(request, { ...request, body: changed }, `byte ${at}`);
    }
  });

  it.each([
    ["a byte order mark before it", Buffer.from([0xef, 0xbb, 0xbf]), undefined],
    ["something after it", undefined, Buffer.from(" ")],
  ])("refuses a genuine body with %s", async (_, before, after) => {
    for (const { body } of webhook.samples) {
      const request = webhook.sign(body, NOW);
      const changed = Buffer.concat([before ?? Buffer.alloc(0), request.body, after ?? Buffer.alloc(0)]);
      await expectHarmless(request, { ...request, body: changed }, String(_));
    }
  });

  it("refuses what is unsigned, signed with another secret, or meets a channel without one", async () => {
    const request = webhook.sign(webhook.samples[0]?.body ?? "{}", NOW);
    const others = Object.fromEntries(Object.keys(channel.secrets).map((name) => [name, "another secret"]));
    expect(await verdictOf({ ...request, headers: {}, query: {} })).toMatchObject({ kind: "refused" });
    expect(await verdictOf(request, NOW, others)).toMatchObject({ kind: "refused" });
    expect(await verdictOf(request, NOW, {})).toMatchObject({ kind: "refused" });
  });

  it("refuses a recorded request after its time, and one from the future", async () => {
    const request = webhook.sign(webhook.samples[0]?.body ?? "{}", NOW);
    for (const [seconds, kind] of [
      [webhook.windowSeconds - 1, "accepted"],
      [webhook.windowSeconds + 1, "refused"],
      [-webhook.windowSeconds - 1, "refused"],
    ] as const) {
      expect(await verdictOf(request, new Date(NOW.getTime() + seconds * 1_000)), `${seconds} s`).toMatchObject({
        kind,
      });
    }
  });

  it("reads two thousand broken bodies without throwing", async () => {
    const next = seededNumbers(20_260_301);
    for (let round = 0; round < 2_000; round += 1) {
      const sample = webhook.samples[round % webhook.samples.length];
      const request = { ...webhook.sign(sample?.body ?? "", NOW) };
      const body = mutate(request.body, next);
      const items = await channel.adapter.parse({ ...request, body }, context);
      expect(Array.isArray(items)).toBe(true);
      expectNoSecret(items, channel.secrets);
      await verdictOf({ ...request, body });
    }
  });
}

function describeSending<Schema extends z.ZodType>(
  channel: ChannelUnderTest<Schema>,
  sending: NonNullable<ChannelUnderTest<Schema>["sending"]>,
): void {
  let receiver: WebhookReceiver;
  beforeAll(async () => {
    receiver = await startWebhookReceiver();
  });
  afterAll(() => receiver.stop());
  const send = (address: string, signal?: AbortSignal) => {
    const context = contextFor(channel, sending.configFor(address));
    return channel.adapter.send(outbound, { ...context, signal: signal ?? context.signal }).then(
      () => undefined,
      (error: unknown) => error,
    );
  };

  it("sends the message once, with its words", async () => {
    const before = receiver.received.length;
    if (sending.success) {
      receiver.answers.push(sending.success);
    }
    expect(await send(receiver.url)).toBeUndefined();
    expect(receiver.received.slice(before)).toHaveLength(1);
    expect(receiver.received.at(-1)?.body).toContain(outbound.text);
    expectNoSecret(receiver.received.at(-1), channel.secrets);
  });

  it.each(sending.failures)("tells $answer.status as $kind", async ({ answer, kind }) => {
    receiver.answers.push(answer);
    const error = await send(receiver.url);
    expect(error).toBeInstanceOf(ChannelError);
    expect(error).toMatchObject({ kind });
    expectNoSecret(error, channel.secrets);
  });

  it("tells a cut connection, an address where nobody is, and silence as transient", async () => {
    receiver.answers.push("cut");
    const cut = await send(receiver.url);
    receiver.answers.push("silence");
    const silent = await send(receiver.url, AbortSignal.timeout(100));
    const nobody = await send("http://127.0.0.1:9");
    for (const error of [cut, silent, nobody]) {
      expect(error).toBeInstanceOf(ChannelError);
      expect(error).toMatchObject({ kind: "transient" });
      expectNoSecret(error, channel.secrets);
    }
  });

  it("does not follow a redirect with a signed message", async () => {
    const before = receiver.received.length;
    receiver.answers.push({ status: 307, headers: { location: `${receiver.url}/elsewhere` } });
    expect(await send(receiver.url)).toBeInstanceOf(ChannelError);
    expect(receiver.received.slice(before).filter(({ path }) => path.endsWith("/elsewhere"))).toEqual([]);
    expect(receiver.received.slice(before)).toHaveLength(1);
  });
}

/** Holds one kind of channel to what the product expects of all (architecture.md section 7). */
export function describeChannel<Schema extends z.ZodType>(channel: ChannelUnderTest<Schema>): void {
  describe(`channel kind ${channel.adapter.kind}`, () => {
    describeFacts(channel);
    if (channel.webhook) {
      describeSignature(channel, channel.webhook);
    } else {
      describeNoWebhook(channel);
    }
    if (channel.sending) {
      describeSending(channel, channel.sending);
    } else {
      it("sends nothing by itself", async () => {
        const offline = () => Promise.reject(new Error("network used"));
        const context = { ...contextFor(channel, channel.config), fetch: offline };
        expect(await channel.adapter.send(outbound, context)).toEqual({ externalId: null });
      });
    }
  });
}
