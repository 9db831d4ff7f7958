import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { Pool } from "pg";

/** Rows of everything that an administrator reads as a table; much more than a large shop gathers in half a year. */
const STATEMENTS: readonly ((merchant: string, channel: string, agent: string) => ReturnType<typeof sql>)[] = [
  (merchant) => sql`update merchants set kind = 'platform' where id = ${merchant}`,
  (merchant) => sql`update memberships set role = 'admin' where merchant_id = ${merchant}`,
  () =>
    sql`insert into merchants (id, slug, name) select 'mer_x' || n, 'shop-' || n, 'Shop ' || n from generate_series(1, 500) n`,
  () =>
    sql`insert into users (id, email, name, password_hash) select 'usr_x' || n, 'x' || n || '@bench.example', 'Colleague ' || n, 'none' from generate_series(1, 300) n`,
  (merchant) =>
    sql`insert into memberships (id, user_id, merchant_id) select 'agt_x' || n, 'usr_x' || n, ${merchant} from generate_series(1, 300) n`,
  (merchant) =>
    sql`insert into teams (id, merchant_id, name) select 'tea_x' || n, ${merchant}, 'Team ' || n from generate_series(1, 50) n`,
  () =>
    sql`insert into team_members (team_id, agent_id) select 'tea_x' || t, 'agt_x' || n from generate_series(1, 50) t, generate_series(1, 300, 10) n`,
  (merchant) =>
    sql`insert into invitations (id, merchant_id, email, token_hash, expires_at) select 'inv_x' || n, ${merchant}, n || '@new.example', 'x' || n, now() + interval '3 days' from generate_series(1, 150) n`,
  (merchant) =>
    sql`insert into api_keys (id, merchant_id, name, prefix, hash) select 'key_x' || n, ${merchant}, 'Key ' || n, 'yd_x', 'x' || n from generate_series(1, 500) n`,
  (merchant) =>
    sql`insert into quick_replies (id, merchant_id, title, text, used_count) select 'qrp_x' || n, ${merchant}, 'Reply ' || n, repeat('您好，请稍等。', 10), n % 97 from generate_series(1, 1000) n`,
  (merchant) =>
    sql`insert into macros (id, merchant_id, name, actions) select 'mac_x' || n, ${merchant}, 'Macro ' || n, '[{"type":"resolve"}]' from generate_series(1, 100) n`,
  (merchant) =>
    sql`insert into automations (id, merchant_id, name, event, actions) select 'aut_x' || n, ${merchant}, 'Rule ' || n, 'message.received', '[{"type":"tag","tag":"x"}]' from generate_series(1, 100) n`,
  (merchant) =>
    sql`insert into automation_runs (id, automation_id, merchant_id, conversation_id, event, event_id, outcome, created_at)
      select 'aur_x' || row_number() over (), 'aut_x' || (1 + row_number() over () % 100), ${merchant}, id, 'message.received', 'e' || id, 'done', created_at
      from conversations where merchant_id = ${merchant}`,
  (merchant) =>
    sql`insert into ratings (id, conversation_id, merchant_id, customer_id, agent_id, stars, comment, created_at)
      select 'rat_x' || row_number() over (), id, merchant_id, customer_id, assignee_id, 1 + abs(hashtext(id)) % 5, case when abs(hashtext(id)) % 3 = 0 then '很好' end, created_at
      from conversations where merchant_id = ${merchant} and status in ('resolved', 'closed')`,
  (merchant) =>
    sql`insert into blocklist (id, merchant_id, customer_id, reason) select 'blk_x' || row_number() over (), ${merchant}, id, '广告' from customers where merchant_id = ${merchant} limit 4000`,
  (merchant, _, agent) =>
    sql`insert into notifications (id, merchant_id, agent_id, kind, source_key, conversation_id, created_at)
      select 'ntf_x' || row_number() over (), ${merchant}, ${agent}, 'assigned', id, id, created_at from conversations where merchant_id = ${merchant}`,
  (merchant) =>
    sql`insert into kb_entries (id, merchant_id, status, question, answer, category, language, updated_at)
      select 'kbe_x' || n, ${merchant}, (array['published', 'published', 'draft', 'review', 'archived'])[1 + n % 5]::entry_status, '怎么退货 ' || n, repeat('七天之内可以退。', 20), '类目 ' || n % 40,
        case when n % 9 = 0 then 'en' else 'zh-CN' end, now() - make_interval(mins => n) from generate_series(1, 20000) n`,
  () =>
    sql`insert into kb_versions (entry_id, version, merchant_id, status, content) select 'kbe_x7', n, merchant_id, 'published', '{"question":"x","answer":"y"}' from kb_entries, generate_series(1, 300) n where id = 'kbe_x7'`,
  (merchant) =>
    sql`insert into kb_imports (id, merchant_id, source, name, options, status, created_at, finished_at)
      select 'kbi_x' || n, ${merchant}, 'file', 'faq-' || n || '.xlsx', '{}', 'done', now() - make_interval(hours => n), now() from generate_series(1, 1000) n`,
  () =>
    sql`insert into kb_import_items (import_id, position, plan, outcome) select 'kbi_x' || i, n, (array['create', 'duplicate', 'refused'])[1 + n % 3], 'created' from generate_series(1, 20) i, generate_series(1, case when i = 1 then 10000 else 1000 end) n`,
  (merchant) =>
    sql`insert into kb_gaps (id, merchant_id, question, fingerprint, group_id, count, last_asked_at)
      select 'gap_x' || n, ${merchant}, '为什么 ' || n, 'x' || n, case when n % 4 > 0 then 'gap_x' || (n - n % 4) end, n % 50, now() - make_interval(mins => n) from generate_series(4, 20000) n`,
  (merchant) =>
    sql`insert into bot_suggestions (id, merchant_id, message_id, question, answer, fingerprint, language, status)
      select 'sug_x' || n, ${merchant}, 'm', '多久到货 ' || n, '三天', 'x' || n, 'zh-CN', case when n % 3 = 0 then 'open' else 'candidate' end from generate_series(1, 5000) n`,
  (merchant) =>
    sql`insert into bot_turns (id, merchant_id, conversation_id, answer_id, question, language, decision, ms, created_at)
      select 'btn_x' || row_number() over (), ${merchant}, id, 'bot:' || id, '问', 'zh-CN', 'answer', 12, created_at from conversations where merchant_id = ${merchant}`,
  (merchant) =>
    sql`insert into bot_votes (message_id, merchant_id, conversation_id, helpful, updated_at)
      select id, merchant_id, conversation_id, hashtext(id) % 3 <> 0, created_at from messages where merchant_id = ${merchant} and author_kind = 'bot'`,
  (merchant) =>
    sql`insert into bot_drafts (id, merchant_id, conversation_id, answer_id, question, reason, answer, parts, status, expires_at, created_at)
      select 'drf_x' || row_number() over (), ${merchant}, id, 'bot:' || id, '问', 'intent', '答', '[]', case when status = 'assigned' then 'waiting' else 'approved' end, now() + interval '1 hour', created_at
      from conversations where merchant_id = ${merchant}`,
  (merchant) =>
    sql`insert into bot_cases (id, merchant_id, turns, expected) select 'bcs_x' || n, ${merchant}, array['怎么退货'], '{"kind":"handoff"}' from generate_series(1, 200) n`,
  (_, channel) =>
    sql`insert into webhook_deliveries (id, channel_id, replay_key, headers, body, created_at)
      select 'dlv_x' || n, ${channel}, 'x' || n, '{}', '<xml/>', now() - make_interval(secs => n) from generate_series(1, 200000) n`,
  (_, channel) =>
    sql`insert into channel_events (id, channel_id, conversation_id, type, body, outcome)
      select 'evt_x' || n, ${channel}, 'cnv_x', 'message.posted', '{}', 'delivered' from generate_series(1, 200000) n`,
  (merchant) =>
    sql`insert into audit_log (id, merchant_id, actor_kind, actor_name, action, target_type, target_id, created_at)
      select 'aud_x' || n, ${merchant}, 'agent', 'Agent ' || n % 20, (array['agent.updated', 'settings.changed', 'customer.blocked', 'rule.updated'])[1 + n % 4], 'agent', 'agt_x' || n % 300, now() - make_interval(secs => n * 30) from generate_series(1, 300000) n`,
  (merchant) =>
    sql`select graphile_worker.add_job('analytics.metrics', json_build_object('merchantId', ${merchant}::text), run_at => now() + interval '1 day') from generate_series(1, 20000)`,
  () =>
    sql`update graphile_worker._private_jobs set attempts = max_attempts, last_error = 'TypeError: x' where id % 10 = 0`,
  () => sql`vacuum analyze`,
];

/** Fills every table that grows, beside the conversations and messages of `seedDeskVolume`. */
export async function seedTableVolume(
  databaseUrl: string,
  at: { readonly merchantId: string; readonly channelId: string; readonly agentId: string },
): Promise<void> {
  // Without the product's limits: filling takes longer than any request may.
  const pool = new Pool({ connectionString: databaseUrl, max: 1 });
  const db = drizzle(pool);
  try {
    for (const statement of STATEMENTS) {
      await db.execute(statement(at.merchantId, at.channelId, at.agentId));
    }
  } finally {
    await pool.end();
  }
}
