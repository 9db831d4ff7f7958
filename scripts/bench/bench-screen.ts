/**
 * `npm run bench -- screen`: what an agent feels at the desk, in headless Chromium on the production build: 500 open
 * conversations on one desk, and one of them with 20,000 messages.
 */
import { sql } from "drizzle-orm";
import { rowsOf } from "@/db/client";
import { startBrowser } from "./support/browser";
import { createCast } from "./support/cast";
import { post } from "./support/post";
import { latencyOf, report } from "./support/report";
import { openDesk } from "./support/screen";
import { startBench } from "./support/server";

const CONVERSATIONS = 500;
const MESSAGES = 20_000;
const PUSHES = 60;
const SWITCHES = 40;

const bench = await startBench();
const browser = await startBrowser();
const rows: Record<string, unknown>[] = [];

function tell(run: string, numbers: readonly number[], limit: number, limited: "p50" | "p95", atLeast = false): void {
  const latency = latencyOf(numbers);
  const value = latency[limited];
  rows.push({ run, ...latency, limit, within: (atLeast ? value >= limit : value <= limit) ? "yes" : "MISS" });
}

try {
  const cast = await createCast(bench.db, { agents: 1, conversations: CONVERSATIONS });
  const [long, ...others] = cast.conversations;
  const agent = cast.agents[0];
  if (!long || !agent) {
    throw new Error("the cast is empty");
  }
  await rowsOf(
    bench.db,
    sql`insert into messages (id, conversation_id, merchant_id, seq, author_kind, author_id, parts, text, created_at)
        select 'msg_long' || lpad(n::text, 8, '0'), ${long.id}, ${cast.merchantId}, n,
          (case when n % 2 = 0 then 'agent' else 'visitor' end)::author_kind,
          case when n % 2 = 0 then ${agent.agentId} end,
          jsonb_build_array(jsonb_build_object('type', 'text', 'text', 'Line ' || n || repeat(' and so on', n % 9))),
          'Line ' || n, now() - ((${MESSAGES} - n) || ' seconds')::interval
        from generate_series(1, ${MESSAGES}) n`,
  );
  await rowsOf(bench.db, sql`update conversations set last_seq = ${MESSAGES} where id = ${long.id}`);

  const desk = await openDesk(browser, bench.url, agent.cookie);
  const pushed: number[] = [];
  for (let push = 0; push < PUSHES; push += 1) {
    const target = others[push % others.length];
    const text = `Bench message ${push}`;
    const blocked = desk.mainThreadUntil(text);
    await post(
      bench.port,
      "/api/v1/chat/messages",
      { authorization: `Bearer ${target?.visitorToken}` },
      { clientId: `bench-screen-${push}`, conversationId: target?.id, parts: [{ type: "text", text }] },
    );
    pushed.push(await blocked);
  }
  tell(`new message, ${CONVERSATIONS} in the list: main thread, ms`, pushed, 50, "p95");
  tell(
    "another conversation, already loaded: key to picture, ms",
    await desk.switchConversations(SWITCHES),
    100,
    "p95",
  );
  tell(`conversation of ${MESSAGES} messages: opens, ms`, await desk.openLong(long.id, 5), 300, "p95");
  tell(`conversation of ${MESSAGES} messages: frames a second while scrolling`, await desk.scroll(), 55, "p50", true);
  report(process.argv[2], "screen", rows);
} finally {
  await browser.close();
  await bench.stop();
}
