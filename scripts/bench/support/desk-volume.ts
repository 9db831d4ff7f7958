import { type SQL, sql } from "drizzle-orm";
import { type Database, type Executor, rowsOf } from "@/db/client";
import { demoContent } from "@/db/seed/content";
import { searchTokens } from "@/lib/core/text";
import { type Cast, createCast } from "./cast";

export const CONVERSATIONS = 100_000;
export const MESSAGES = 1_000_000;
const DAYS = 180;

/** Words that were put in on purpose, with how many messages of the big merchant have them. */
export const PLANTED = {
  /** 20 messages. */
  rare: "海豚马克杯",
  /** 4,000 messages, spread evenly over half a year: neither rare nor frequent, the hardest for a planner. */
  middling: "独角兽贴纸",
  /** 7,000 messages, all of them months old: walking back from the newest finds them last. */
  bygone: "旧版校徽",
  /** In no message. */
  absent: "鼹鼠",
  customer: "欧阳青禾",
} as const;

const SURNAMES = [..."陈王李张刘黄林吴徐孙朱马胡郭何高罗郑梁谢"];
const GIVEN = [
  "子涵",
  "雨桐",
  "浩然",
  "思远",
  "欣怡",
  "宇轩",
  "佳琪",
  "博文",
  "梦洁",
  "俊杰",
  "若溪",
  "天佑",
  "雪",
  "磊",
];

export interface DeskVolume {
  /** 70 of 100 conversations, 20 agents. */
  readonly big: Cast;
  readonly small: readonly Cast[];
  /** A pair of characters that stands in more messages than any other. */
  readonly frequent: string;
}

const textArray = (items: readonly string[]): SQL => sql`${sql.param([...items])}::text[]`;

/** The order number that the first message of conversation `n` names. */
export const orderNumber = (n: number): string => `qh${String(n).padStart(8, "0")}`;

/** What is said: the demo's dialogues, cut into search tokens by the product's own code. */
async function fillPool(tx: Executor): Promise<{ size: number; frequent: string }> {
  const said = demoContent().dialogues.flatMap((dialogue) => dialogue.turns.map((turn) => turn.text));
  const texts = [...new Set(said)].filter((text) => text.length <= 200);
  const counts = new Map<string, number>();
  await rowsOf(
    tx,
    sql`create temp table pool (drawn int primary key, body text, tokens text[], parts jsonb) on commit drop`,
  );
  for (const [index, body] of texts.entries()) {
    const tokens = searchTokens(body);
    for (const token of tokens) {
      counts.set(token, (counts.get(token) ?? 0) + 1);
    }
    const parts = JSON.stringify([{ type: "text", text: body }]);
    await rowsOf(tx, sql`insert into pool values (${index}, ${body}, ${textArray(tokens)}, ${parts}::text::jsonb)`);
  }
  const [most] = [...counts].filter(([token]) => /^\p{Script=Han}{2}$/u.test(token)).sort((a, b) => b[1] - a[1]);
  return { size: texts.length, frequent: most?.[0] ?? "订单" };
}

/** Who talks when, how long and how it ended; the newest 4 % are mostly open, 2 % of the old ones were never closed. */
async function planConversations(tx: Executor, casts: readonly Cast[]): Promise<void> {
  await rowsOf(
    tx,
    sql`create temp table shop (place int primary key, merchant text, channel text, agents text[]) on commit drop`,
  );
  for (const [index, cast] of casts.entries()) {
    const agents = textArray(cast.agents.map((agent) => agent.agentId));
    await rowsOf(tx, sql`insert into shop values (${index}, ${cast.merchantId}, ${cast.channelId}, ${agents})`);
  }
  await rowsOf(
    tx,
    sql`
    create temp table plan on commit drop as
    select n, merchant, channel, lpad(n::text, 26, '0') as tail, begun,
      case when n > 96000 then case when dice < 35 then 'assigned' when dice < 40 then 'snoozed' when dice < 51 then 'queued'
             when dice < 61 then 'offline' when dice < 81 then 'bot' else 'resolved' end
           when n % 50 = 0 then 'offline' when n % 3 = 0 then 'closed' else 'resolved' end as status,
      agents[1 + (n / 7) % cardinality(agents)] as agent,
      case when n % 100 = 0 then 109 else 9 end as length
    from (
      select n, abs(hashint8(n)::bigint) % 100 as dice,
        now() - make_interval(secs => (${CONVERSATIONS} - n)::float8 / ${CONVERSATIONS} * ${DAYS * 86_400} + 7200) as begun,
        case when n % 100 < 70 then 0 when n % 100 < 85 then 1 when n % 100 < 95 then 2 else 3 end as place
      from generate_series(1, ${CONVERSATIONS}) n
    ) planned join shop using (place)`,
  );
}

async function insertPeople(tx: Executor): Promise<void> {
  await rowsOf(
    tx,
    sql`
    insert into customers (id, merchant_id, name, created_at)
    select 'cus_' || tail, merchant,
      case when n % 20000 = 1 then ${PLANTED.customer}
           else (${textArray(SURNAMES)})[1 + n % ${SURNAMES.length}] || (${textArray(GIVEN)})[1 + n / 3 % ${GIVEN.length}] end,
      begun from plan`,
  );
  await rowsOf(
    tx,
    sql`
    insert into customer_identities (id, merchant_id, customer_id, channel_id, external_id, created_at)
    select 'idn_' || tail, merchant, 'cus_' || tail, channel, 'vis_' || tail, begun from plan`,
  );
}

async function insertConversations(tx: Executor): Promise<void> {
  await rowsOf(
    tx,
    sql`
    insert into conversations (id, merchant_id, channel_id, customer_id, identity_id, status, assignee_id, priority, locale,
      last_seq, last_message_at, listed_at, last_message_preview, last_message_author, unread_count, queued_at, assigned_at,
      first_reply_at, resolved_at, created_at)
    select 'cnv_' || tail, merchant, channel, 'cus_' || tail, 'idn_' || tail, status::conversation_status,
      case when status in ('assigned', 'snoozed', 'resolved') then agent end, case when n % 40 = 3 then 2 else 1 end, 'zh-CN',
      length, until, until, '好的，谢谢', 'visitor', n % 4, begun + interval '1 minute', begun + interval '2 minutes',
      begun + interval '3 minutes', case when status in ('resolved', 'closed') then until end, begun
    from (select *, begun + (length - 1) * interval '40 seconds' as until from plan) ended
    order by begun`,
  );
}

/** In the order in which they were sent: the messages of one conversation lie between those of others, as in life. */
async function insertMessages(tx: Executor, poolSize: number): Promise<void> {
  const planted = (condition: SQL, word: string) =>
    sql`when ${condition} then (${word}, ${textArray(searchTokens(word))})::planted`;
  await rowsOf(tx, sql`create type pg_temp.planted as (body text, tokens text[])`);
  await rowsOf(
    tx,
    sql`
    insert into messages (id, conversation_id, merchant_id, seq, author_kind, author_id, parts, text, tokens, client_id, created_at)
    select 'msg_01' || lpad((extract(epoch from at) * 1000)::bigint::text, 13, '0') || substr(md5(n || '/' || seq), 1, 11),
      'cnv_' || tail, merchant, seq,
      (case when seq % 2 = 1 then 'visitor' when seq = 2 then 'bot' else 'agent' end)::author_kind,
      case when seq % 2 = 1 then 'cus_' || tail when seq > 2 then agent end,
      parts, concat_ws(' ', pool.body, (extra).body), pool.tokens || coalesce((extra).tokens, '{}'),
      'cli_' || tail || seq, at
    from (
      select plan.*, seq, begun + (seq - 1) * interval '40 seconds' as at,
        abs(hashint8(n::bigint * 1000 + seq)::bigint) % ${poolSize} as drawn,
        case when seq = 1 then ('订单号 qh' || lpad(n::text, 8, '0'), array['订单', '单号', 'qh' || lpad(n::text, 8, '0')])::planted
        ${planted(sql`seq = 3 and n % 5000 = 7`, PLANTED.rare)}
        ${planted(sql`seq = 3 and n % 20 = 3`, PLANTED.middling)}
        ${planted(sql`seq = 5 and n <= 10000`, PLANTED.bygone)} end as extra
      from plan cross join generate_series(1, length) seq
    ) sent join pool using (drawn)
    order by at`,
  );
}

/** Indexes are built after the rows, from their own definitions: a tenth of the time of growing them row by row. */
async function withoutIndexes(tx: Executor, work: () => Promise<void>): Promise<void> {
  const indexes = await rowsOf<{ name: string; definition: string }>(
    tx,
    sql`select indexname as name, indexdef as definition from pg_indexes
        where tablename = 'messages' and indexname <> 'messages_pkey'`,
  );
  for (const { name } of indexes) {
    await rowsOf(tx, sql`drop index ${sql.identifier(name)}`);
  }
  await work();
  for (const { definition } of indexes) {
    await rowsOf(tx, sql.raw(definition));
  }
}

/** 100,000 conversations with 1,000,000 messages of four merchants over half a year. Only for a database that is thrown away. */
export async function seedDeskVolume(db: Database): Promise<DeskVolume> {
  const big = await createCast(db, { agents: 20, conversations: 0 });
  const small: Cast[] = [];
  for (let index = 0; index < 3; index += 1) {
    small.push(await createCast(db, { agents: 5, conversations: 0 }));
  }
  const frequent = await db.transaction(async (tx) => {
    await rowsOf(tx, sql`set local statement_timeout = 0`);
    // Foreign keys hold by construction; checking a million of them would take longer than writing them.
    await rowsOf(tx, sql`set local session_replication_role = replica`);
    await rowsOf(tx, sql`set local work_mem = '512MB'`);
    await rowsOf(tx, sql`set local maintenance_work_mem = '512MB'`);
    const pool = await fillPool(tx);
    await planConversations(tx, [big, ...small]);
    await insertPeople(tx);
    await insertConversations(tx);
    await withoutIndexes(tx, () => insertMessages(tx, pool.size));
    return pool.frequent;
  });
  // What autovacuum does on its own within minutes: statistics, and the map that index-only scans read.
  const client = await db.$client.connect();
  try {
    await client.query("set statement_timeout = 0");
    await client.query("vacuum analyze");
  } finally {
    client.release();
  }
  return { big, small, frequent };
}
