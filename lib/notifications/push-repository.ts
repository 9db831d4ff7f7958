import { sql } from "drizzle-orm";
import { type Executor, rowsOf } from "@/db/client";
import { pushSubscriptions } from "@/db/schema/push";

/** Something to tell, and the browser it is told to. */
export interface DuePush extends Record<string, unknown> {
  readonly id: string;
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
  readonly locale: string;
}

export interface DueReply extends DuePush {
  readonly conversation_id: string;
  readonly channel_id: string;
  readonly merchant_name: string;
  readonly author_kind: string;
  readonly author_name: string | null;
  readonly text: string;
}

export interface DueNotice extends DuePush {
  readonly kind: string;
  readonly conversation_id: string | null;
  readonly actor_name: string | null;
  readonly customer_name: string | null;
  readonly excerpt: string;
  readonly values: Readonly<Record<string, string | number>>;
}

/** Who looks at the page has read it within this time, in seconds. */
const READING_SECONDS = 8;
/** A desk that is open says so every half minute (lib/identity/presence-service.ts), in seconds. */
const DESK_OPEN_SECONDS = 75;
/** What is older than this is not told of any more, in hours: after a pause nobody wants yesterday's news. */
const NEWS_HOURS = 24;
const BATCH = 200;

/**
 * Replies that their customer has not seen and whose browser was not told: notes what is told, then answers it. Noted
 * first: a process that dies in between leaves one push unsent, which is better than telling it twice. Of several
 * processes each takes its own.
 */
export function takeDueReplies(executor: Executor, now: Date): Promise<DueReply[]> {
  const at = sql`${now.toISOString()}::timestamptz`;
  return rowsOf(
    executor,
    sql`with due as (
          select s.id as due_id, c.id as conversation_id, c.channel_id, me.name as merchant_name, m.seq, m.text,
            m.author_kind, u.name as author_name
          from push_subscriptions s
          join conversations c on c.id in (
              select id from conversations where customer_id = s.owner_id and channel_id = s.channel_id
              union all select h.id from customer_identities i join conversations h on h.origin_identity_id = i.id
                where i.customer_id = s.owner_id and i.channel_id = s.channel_id)
            and c.last_seq > c.visitor_read_seq
            and c.last_message_at > ${at} - make_interval(hours => ${NEWS_HOURS})
          join lateral (
            select seq, text, author_kind, author_id from messages
            where conversation_id = c.id and visibility = 'public' and author_kind in ('agent', 'bot')
              and recalled_at is null and created_at < ${at} - make_interval(secs => ${READING_SECONDS})
              and seq > greatest(c.visitor_read_seq, case when s.told_of = c.id then s.told_seq else 0 end)
            order by seq desc limit 1) m on true
          join merchants me on me.id = c.merchant_id
          left join memberships a on a.id = m.author_id left join users u on u.id = a.user_id
          where s.owner_kind = 'visitor' order by s.id limit ${BATCH} for update of s skip locked)
        update push_subscriptions s set told_of = due.conversation_id, told_seq = due.seq
        from due where s.id = due.due_id
        returning s.id, s.endpoint, s.p256dh, s.auth, s.locale, due.*`,
  );
}

/** The newest notification of each agent whose desk is not open, in the same way. */
export function takeDueNotices(executor: Executor, now: Date): Promise<DueNotice[]> {
  const at = sql`${now.toISOString()}::timestamptz`;
  return rowsOf(
    executor,
    sql`with due as (
          select s.id as due_id, n.id as notice_id, n.kind, n.conversation_id, n.excerpt, n.values, u.name as actor_name,
            cu.name as customer_name
          from push_subscriptions s
          join memberships a on a.id = s.owner_id and not a.disabled
            and (a.last_seen_at is null or a.last_seen_at < ${at} - make_interval(secs => ${DESK_OPEN_SECONDS}))
          join lateral (
            select * from notifications where agent_id = s.owner_id and read_at is null
              and created_at > ${at} - make_interval(hours => ${NEWS_HOURS}) and (s.told_of is null or id > s.told_of)
            order by id desc limit 1) n on true
          left join memberships am on am.id = n.actor_id left join users u on u.id = am.user_id
          left join conversations c on c.id = n.conversation_id left join customers cu on cu.id = c.customer_id
          where s.owner_kind = 'agent' order by s.id limit ${BATCH} for update of s skip locked)
        update push_subscriptions s set told_of = due.notice_id from due where s.id = due.due_id
        returning s.id, s.endpoint, s.p256dh, s.auth, s.locale, due.*`,
  );
}

export async function forgetBrowser(executor: Executor, id: string): Promise<void> {
  await executor.delete(pushSubscriptions).where(sql`id = ${id}`);
}

/** Counts refusals in a row; after `limit` of them the browser is forgotten. */
export async function noteOutcome(executor: Executor, id: string, sent: boolean, limit: number): Promise<void> {
  if (sent) {
    await executor.update(pushSubscriptions).set({ failures: 0 }).where(sql`id = ${id} and failures > 0`);
    return;
  }
  await executor.update(pushSubscriptions).set({ failures: sql`failures + 1` }).where(sql`id = ${id}`);
  await executor.delete(pushSubscriptions).where(sql`id = ${id} and failures >= ${limit}`);
}
