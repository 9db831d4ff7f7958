/**
 * `npm run bench -- chat`: visitor send → agent's socket and agent send → visitor's socket over real HTTP and
 * WebSockets, open loop at 1, 50, 200 and 500 conversations, then saturation with 50 closed loops.
 *
 * The load client shares the two cores with the server and Postgres, so the figures are for a machine under its own
 * client. BENCH_SECONDS shortens a run.
 */
import { bareFloor } from "./support/bare";
import { type BenchConversation, createCast } from "./support/cast";
import { Crowd } from "./support/crowd";
import { latencyOf, report } from "./support/report";
import { startBench } from "./support/server";
import { Traffic } from "./support/traffic";

const SECONDS = Number(process.env.BENCH_SECONDS ?? 20);
const SATURATION_SECONDS = Math.min(15, SECONDS);
const PER_CONVERSATION = 0.2;
const LOOPS = 50;
const SETTLE_MS = 3_000;
const WATCHERS = 200;
const WATCHED_PER_SECOND = 20;

const bench = await startBench();
const rows: Record<string, unknown>[] = [];

function rowOf(name: string, traffic: Traffic, seconds: number): Record<string, unknown> {
  const { latencies, ...counts } = traffic.finish();
  return {
    run: name,
    ...latencyOf(latencies),
    perSecond: Math.round(latencies.length / seconds),
    ...counts,
    rssMb: bench.rss(),
  };
}

/** Sends at fixed times whatever the answers do; a slow server does not slow the clock down. */
async function openLoop(size: number): Promise<void> {
  const cast = await createCast(bench.db, { agents: Math.min(20, size), conversations: size });
  const traffic = new Traffic(bench.port, cast);
  await traffic.connect(cast.conversations);
  const total = Math.max(20, Math.round(size * PER_CONVERSATION * SECONDS));
  const gap = (SECONDS * 1000) / total;
  const start = performance.now() + 200;
  const running: Promise<void>[] = [];
  await new Promise<void>((done) => {
    let index = 0;
    const tick = () => {
      while (index < total && performance.now() >= start + index * gap) {
        const conversation = cast.conversations[index % size] as BenchConversation;
        running.push(
          traffic.exchange(conversation, Math.floor(index / size) % 2 === 0 ? "visitor" : "agent", start + index * gap),
        );
        index += 1;
      }
      if (index < total) {
        setTimeout(tick, 1);
      } else {
        done();
      }
    };
    tick();
  });
  await Promise.race([Promise.all(running), new Promise((late) => setTimeout(late, SETTLE_MS))]);
  rows.push(rowOf(`open loop, ${size} conversations`, traffic, SECONDS));
}

async function saturate(): Promise<number> {
  const cast = await createCast(bench.db, { agents: 20, conversations: LOOPS });
  const traffic = new Traffic(bench.port, cast);
  await traffic.connect(cast.conversations);
  const end = performance.now() + SATURATION_SECONDS * 1000;
  await Promise.all(
    cast.conversations.map(async (conversation) => {
      for (let turn = 0; performance.now() < end; turn += 1) {
        await traffic.exchange(conversation, turn % 2 === 0 ? "visitor" : "agent", performance.now());
      }
    }),
  );
  const row = rowOf(`saturation, ${LOOPS} closed loops`, traffic, SATURATION_SECONDS);
  rows.push(row);
  return Number(row["perSecond"]);
}

/** T04: how long until the last of all who watch one conversation has a message. */
async function fanOut(): Promise<void> {
  const cast = await createCast(bench.db, { agents: 1, conversations: 1 });
  const conversation = cast.conversations[0] as BenchConversation;
  const traffic = new Traffic(bench.port, cast);
  await traffic.connect([conversation]);
  const crowd = new Crowd();
  await crowd.watch(bench.port, conversation.id, WATCHERS);
  const total = WATCHED_PER_SECOND * SATURATION_SECONDS;
  const start = performance.now() + 200;
  const running: Promise<void>[] = [];
  for (let index = 0; index < total; index += 1) {
    const due = start + (index * 1000) / WATCHED_PER_SECOND;
    await new Promise((later) => setTimeout(later, Math.max(0, due - performance.now())));
    running.push(traffic.exchange(conversation, "visitor", due));
  }
  await Promise.race([Promise.all(running), new Promise((late) => setTimeout(late, SETTLE_MS))]);
  const { latencies: _, ...counts } = traffic.finish();
  const arrivals = crowd.leave();
  rows.push({
    run: `one conversation watched by ${WATCHERS} agents, ${WATCHED_PER_SECOND} messages/s: until the last one has it`,
    ...latencyOf(
      arrivals.lastOnes.map(({ seq, at }) => at - (start + ((seq - arrivals.firstSeq) * 1000) / WATCHED_PER_SECOND)),
    ),
    perSecond: Math.round(arrivals.count / SATURATION_SECONDS),
    ...counts,
    lost: total * WATCHERS - arrivals.count,
    rssMb: bench.rss(),
  });
}

try {
  for (const size of [1, 50, 200, 500]) {
    await openLoop(size);
  }
  await fanOut();
  const ours = await saturate();
  const floor = await bareFloor(bench.databaseUrl, LOOPS, 5);
  rows.push({ run: "bare insert + bare WebSocket, same run", perSecond: floor });
  rows.push({ run: "ratio to the bare floor", perSecond: (ours / floor).toFixed(2) });
  report(process.argv[2], "chat", rows);
} finally {
  await bench.stop();
}
