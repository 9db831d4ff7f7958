import { sql } from "drizzle-orm";
import { type Executor, rowsOf } from "@/db/client";
import type { ChatRecord } from "./contracts";

const MOST_RECORDS = 200;
const ROLES = { visitor: "user", bot: "ai", agent: "service" } as const;

interface RecordRow {
  readonly author_kind: keyof typeof ROLES;
  readonly text: string;
  readonly files: string | null;
  readonly at: string;
}

/** The moment on the merchant's clock, as these paths write it: `2026-03-01 16:00:00`. */
const clock = sql`to_char(m.created_at at time zone r.timezone, 'YYYY-MM-DD HH24:MI:SS')`;
/** Names of the files, for messages without words. */
const fileNames = sql`(select string_agg(part ->> 'name', ', ') from jsonb_array_elements(m.parts) part where part ? 'fileId')`;

const contentOf = ({ text, files }: { text: string; files: string | null }): string => text || files || "";

/** A conversation as `chat_records`, oldest first: what its user, the bot and people said, without notes and notices. */
export async function chatRecords(executor: Executor, conversationId: string): Promise<ChatRecord[]> {
  const rows = await rowsOf<RecordRow & Record<string, unknown>>(
    executor,
    sql`
    select m.author_kind, m.text, ${fileNames} as files, ${clock} as at
    from messages m join merchants r on r.id = m.merchant_id
    where m.conversation_id = ${conversationId} and m.visibility = 'public' and m.author_kind <> 'system'
      and m.recalled_at is null
    order by m.seq desc limit ${MOST_RECORDS}`,
  );
  return rows.map((row) => ({ role: ROLES[row.author_kind], content: contentOf(row), time: row.at })).reverse();
}

const WECHAT_KINDS = ["wechat", "wechat-mini"];

/** Messages of the merchant's WeChat channels, newest first, by page. */
export async function wechatRecords(
  executor: Executor,
  merchantId: string,
  filter: { readonly userId: string | undefined; readonly page: number; readonly limit: number },
) {
  const from = sql`
    from messages m join merchants r on r.id = m.merchant_id
    join conversations c on c.id = m.conversation_id join customer_identities i on i.id = c.identity_id
    join channels ch on ch.id = c.channel_id
    where m.merchant_id = ${merchantId} and ch.type = any(${sql.param(WECHAT_KINDS)}::text[]) and m.visibility = 'public'
      and m.author_kind <> 'system' and m.recalled_at is null
      ${filter.userId ? sql`and i.external_id = ${filter.userId}` : sql``}`;
  const [count] = await rowsOf<{ total: number }>(executor, sql`select count(*)::int as total ${from}`);
  const rows = await rowsOf<
    RecordRow & { id: string; external_id: string | null; user_id: string; type: string | null }
  >(
    executor,
    sql`
    select m.id, m.external_id, m.author_kind, m.text, ${fileNames} as files, ${clock} as at, i.external_id as user_id,
      m.parts -> 0 ->> 'type' as type
    ${from} order by m.created_at desc, m.id desc limit ${filter.limit} offset ${(filter.page - 1) * filter.limit}`,
  );
  return {
    total: count?.total ?? 0,
    messages: rows.map((row) => ({
      user_id: row.user_id,
      role: ROLES[row.author_kind],
      content: contentOf(row),
      time: row.at,
      msg_type: row.type ?? "text",
      msg_id: row.external_id ?? row.id,
    })),
  };
}
