/**
 * `npm run bench -- webhooks`: signed, encrypted WeChat messages over real HTTP into the production server, the answers
 * going to a stub of WeChat's platform. Acknowledged at 100 a second, at 200 with a fifth of them twice (reliability.md T09),
 * taken at saturation, what a duplicate costs, and the
 * time from the callback to the bot's outbound call with the embedded answerer.
 */
import { Agent, request as httpRequest } from "node:http";
import { sql } from "drizzle-orm";
import { rowsOf } from "@/db/client";
import { channels } from "@/db/schema/channels";
import { newId } from "@/lib/core/ids";
import { entryInput } from "@/lib/knowledge/schema";
import { createEntry } from "@/lib/knowledge/service";
import { seal } from "@/lib/platform/crypto/seal";
import { log } from "@/lib/platform/log/log";
import { startPlatformStub } from "@/lib/testing/stubs/wechat/platform-stub";
import { signPush } from "@/lib/testing/stubs/wechat/push-signer";
import { createCast } from "./support/cast";
import { latencyOf, report } from "./support/report";
import { startBench } from "./support/server";

const SECONDS = Number(process.env["BENCH_SECONDS"] ?? 20);
const LOOPS = 64;
const DUPLICATES = 1_000;
const QUESTIONS = 100;
const QUESTION_GAP_MS = 100;
const SETTLE_MS = 120_000;
const ACKNOWLEDGED_MS = 25;
/** What T09 asks of a flood: its slowest hundredth, in milliseconds. */
const FLOOD_MS = 200;
/** Of the flood each fifth push is the one before it once more, under a signature of its own. */
const COPY_EVERY = 5;
const PER_SECOND = 1_000;
const DUPLICATE_MS = 2;
const ANSWERED_MS = 300;

const account = { appId: "wx1234567890abcdef", appSecret: "a secret of benchmarks" };
const secrets = { token: "tok_bench", encodingAesKey: "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG" };

const stub = await startPlatformStub(account, { messagesPerWindow: 1_000_000 });
const bench = await startBench();
const rows: Record<string, unknown>[] = [];
const agent = new Agent({ keepAlive: true, maxSockets: 512 });
const channelId = newId("channel");
let nextId = 10_000_000_000n;

const kept = (is: boolean) => (is ? "yes" : "MISS");

interface Signed {
  readonly path: string;
  readonly body: Buffer;
}

/** @param again the same message once more: its id is that of the one before */
function signed(openId: string, content: string, again = false): Signed {
  nextId += again ? 0n : 1n;
  const at = new Date();
  const body = `<xml><ToUserName><![CDATA[gh_bench]]></ToUserName><FromUserName><![CDATA[${openId}]]></FromUserName><CreateTime>${Math.floor(at.getTime() / 1000)}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${content}]]></Content><MsgId>${nextId}</MsgId></xml>`;
  const push = signPush({ body, mode: "safe", at, appId: account.appId, ...secrets });
  stub.ledger.open(openId, "message");
  return { path: `/api/webhooks/${channelId}?${new URLSearchParams(push.query)}`, body: Buffer.from(push.body) };
}

/** Posts one push. @returns the milliseconds until the whole answer, NaN when it was no acknowledgement */
function post({ path, body }: Signed): Promise<number> {
  const started = performance.now();
  return new Promise((done) => {
    const headers = { "content-type": "text/xml", "content-length": body.length };
    const sent = httpRequest(
      { port: bench.port, host: "127.0.0.1", method: "POST", path, agent, headers },
      (answer) => {
        answer.resume();
        answer.once("end", () => done(answer.statusCode === 200 ? performance.now() - started : Number.NaN));
      },
    );
    sent.once("error", () => done(Number.NaN));
    sent.end(body);
  });
}

async function storedOf(): Promise<number> {
  const [row] = await rowsOf<{ count: number }>(
    bench.db,
    sql`select count(*)::int as count from webhook_deliveries where channel_id = ${channelId}`,
  );
  return row?.count ?? 0;
}

/** Waits until every job has run: the next part starts on a machine that has nothing left to do. */
async function settle(): Promise<void> {
  const deadline = performance.now() + SETTLE_MS;
  for (;;) {
    const due = await rowsOf(bench.db, sql`select 1 from graphile_worker.jobs where run_at <= now() limit 1`);
    if (due.length === 0 || performance.now() > deadline) {
      return;
    }
    await new Promise((wake) => setTimeout(wake, 200));
  }
}

interface Rate {
  readonly run: string;
  readonly perSecond: number;
  /** Each so manieth push is a copy of the one before; none when absent. */
  readonly copyEvery?: number;
  readonly isKept: (figures: { readonly p95: number; readonly p99: number }) => boolean;
}

/** Pushes at a rate, however long the answers take; `perSecond` of the row is the rate at which they really left. */
async function openLoop({ run, perSecond, copyEvery, isKept }: Rate): Promise<void> {
  const before = await storedOf();
  const total = perSecond * SECONDS;
  const start = performance.now() + 100;
  const running: Promise<number>[] = [];
  let unique = 0;
  for (let index = 0; index < total; index += 1) {
    const due = start + (index * 1_000) / perSecond;
    await new Promise((wake) => setTimeout(wake, Math.max(0, due - performance.now())));
    const isCopy = copyEvery !== undefined && index % copyEvery === 0 && index > 0;
    unique += isCopy ? 0 : 1;
    const number = isCopy ? index - 1 : index;
    running.push(post(signed(`o-open-${number % 50}`, `第 ${number} 条`, isCopy)));
  }
  const seconds = (performance.now() - start) / 1_000;
  const latencies = await Promise.all(running);
  const taken = latencies.filter(Number.isFinite);
  const figures = latencyOf(taken);
  const lost = unique - ((await storedOf()) - before);
  rows.push({
    run,
    ...figures,
    perSecond: Math.round(total / seconds),
    sent: total,
    lost,
    kept: kept(isKept(figures) && lost === 0 && taken.length === total),
  });
}

async function saturate(): Promise<void> {
  const before = await storedOf();
  const latencies: number[] = [];
  const started = performance.now();
  const end = started + Math.min(10, SECONDS) * 1_000;
  await Promise.all(
    Array.from({ length: LOOPS }, async (_, loop) => {
      while (performance.now() < end) {
        latencies.push(await post(signed(`o-sat-${loop}`, "在吗")));
      }
    }),
  );
  const seconds = (performance.now() - started) / 1_000;
  const taken = latencies.filter(Number.isFinite);
  const stored = (await storedOf()) - before;
  const perSecond = Math.round(taken.length / seconds);
  rows.push({
    run: `taken, ${LOOPS} closed loops`,
    ...latencyOf(taken),
    perSecond,
    sent: latencies.length,
    lost: taken.length - stored,
    kept: kept(perSecond >= PER_SECOND && taken.length === stored),
  });
}

async function duplicates(): Promise<void> {
  const push = signed("o-twice", "在吗");
  await post(push);
  const before = await storedOf();
  const latencies: number[] = [];
  for (let index = 0; index < DUPLICATES; index += 1) {
    latencies.push(await post(push));
  }
  const figures = latencyOf(latencies);
  const doubled = (await storedOf()) - before;
  rows.push({
    run: "a duplicate, one after the other",
    ...figures,
    sent: DUPLICATES,
    lost: doubled,
    kept: kept(figures.p50 <= DUPLICATE_MS && doubled === 0),
  });
}

async function answers(): Promise<void> {
  const latencies: number[] = [];
  for (let index = 0; index < QUESTIONS; index += 1) {
    const openId = `o-ask-${index}`;
    const started = performance.now();
    await post(signed(openId, "多久发货"));
    const deadline = started + 10_000;
    while (!stub.sent.some(({ touser }) => touser === openId) && performance.now() < deadline) {
      await new Promise((wake) => setTimeout(wake, 2));
    }
    latencies.push(performance.now() - started);
    await new Promise((wake) => setTimeout(wake, QUESTION_GAP_MS));
  }
  const figures = latencyOf(latencies);
  rows.push({
    run: "callback to the bot's outbound call",
    ...figures,
    sent: QUESTIONS,
    lost: latencies.filter((each) => each > 10_000).length,
    kept: kept(figures.p95 <= ANSWERED_MS),
  });
}

try {
  const { merchantId } = await createCast(bench.db, { agents: 0, conversations: 0 });
  await bench.db.insert(channels).values({
    id: channelId,
    merchantId,
    type: "wechat",
    name: "WeChat",
    config: { appId: account.appId, apiBase: stub.url, passiveWindow: 0 },
    sealedSecrets: seal(JSON.stringify({ appSecret: account.appSecret, ...secrets })),
  });
  const context = {
    db: bench.db,
    actor: { kind: "system", merchantId },
    requestId: newId("request"),
    now: () => new Date(),
    log: log(),
    ip: null,
    locale: "zh-CN",
  } as const;
  const fields = { question: "多久发货", answer: "付款后四十八小时内发货。", status: "published" };
  await createEntry(context, entryInput.parse(fields));
  await post(signed("o-first", "多久发货"));
  await settle();
  await answers();
  await duplicates();
  await openLoop({ run: "acknowledged, 100 a second", perSecond: 100, isKept: ({ p95 }) => p95 <= ACKNOWLEDGED_MS });
  await settle();
  await openLoop({
    run: "acknowledged, 200 a second, a fifth twice",
    perSecond: 200,
    copyEvery: COPY_EVERY,
    isKept: ({ p99 }) => p99 < FLOOD_MS,
  });
  await settle();
  await saturate();
  const columns = ["run", "p50", "p95", "p99", "perSecond", "sent", "lost", "kept"];
  report(process.argv[2], "webhooks", rows, columns);
} finally {
  agent.destroy();
  await bench.stop();
  await stub.stop();
}
