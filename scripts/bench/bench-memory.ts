/**
 * `npm run bench -- memory`: resident memory of the server after 10,000 messages and after 10,000 more, sent in 50
 * closed loops over real HTTP with both sides listening on their sockets. BENCH_MESSAGES shortens a half.
 */
import { createCast } from "./support/cast";
import { report } from "./support/report";
import { startBench } from "./support/server";
import { Traffic } from "./support/traffic";

const MESSAGES = Number(process.env["BENCH_MESSAGES"] ?? 10_000);
const LOOPS = 50;
const LIMIT_MB = 400;
/** What one measurement is off from the next by the garbage collector's moment alone. */
const NOISE_MB = 20;
const REST_MS = 5_000;

const bench = await startBench();
const rows: Record<string, unknown>[] = [];

/** Lets the jobs of the last messages end, then reads five times in a second and takes the middle one. */
async function restingRss(): Promise<number> {
  await new Promise((rested) => setTimeout(rested, REST_MS));
  const seen: number[] = [];
  for (let reading = 0; reading < 5; reading += 1) {
    seen.push(bench.rss());
    await new Promise((next) => setTimeout(next, 200));
  }
  return seen.toSorted((left, right) => left - right)[2] ?? Number.NaN;
}

async function send(traffic: Traffic, cast: Awaited<ReturnType<typeof createCast>>): Promise<number> {
  let left = MESSAGES;
  let peak = 0;
  await Promise.all(
    cast.conversations.map(async (conversation) => {
      for (let turn = 0; left > 0; turn += 1) {
        left -= 1;
        await traffic.exchange(conversation, turn % 2 === 0 ? "visitor" : "agent", performance.now());
        if (left % 500 === 0) {
          peak = Math.max(peak, bench.rss());
        }
      }
    }),
  );
  return peak;
}

try {
  const cast = await createCast(bench.db, { agents: 20, conversations: LOOPS });
  const start = await restingRss();
  rows.push({ run: "started, no message yet", rssMb: start });
  const traffic = new Traffic(bench.port, cast);
  await traffic.connect(cast.conversations);
  const [firstPeak, first] = [await send(traffic, cast), await restingRss()];
  const meets = (rss: number) => (rss <= LIMIT_MB ? "yes" : "MISS");
  rows.push({
    run: `after ${MESSAGES} messages`,
    rssMb: first,
    peakMb: firstPeak,
    limit: LIMIT_MB,
    within: meets(first),
  });
  const [secondPeak, second] = [await send(traffic, cast), await restingRss()];
  rows.push({
    run: `after ${2 * MESSAGES} messages`,
    rssMb: second,
    peakMb: secondPeak,
    limit: LIMIT_MB,
    within: meets(second),
  });
  rows.push({
    run: "growth over the second half",
    rssMb: second - first,
    limit: NOISE_MB,
    within: second - first <= NOISE_MB ? "yes" : "MISS",
  });
  const { latencies, ...counts } = traffic.finish();
  process.stdout.write(`${latencies.length} delivered, ${JSON.stringify(counts)}\n`);
  report(process.argv[2], "memory", rows, ["run", "rssMb", "peakMb", "limit", "within"]);
} finally {
  await bench.stop();
}
