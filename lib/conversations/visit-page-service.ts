import { sql } from "drizzle-orm";
import { type Executor, rowsOf } from "@/db/client";
import type { PageContext } from "@/db/schema/conversations";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import type { Context } from "@/lib/platform/context";
import { realtimeChannel } from "@/lib/platform/realtime/channels";
import { publish } from "@/lib/platform/realtime/publish";
import { readSettings } from "@/lib/settings/service";
import { privacySettings } from "./privacy-settings-schema";

/** What changes while a visitor looks around; where they came from and with what stays as it was first told. */
const MOVING = ["url", "title"] as const;

/** Most pages that are kept of a visit; those seen longest ago go. */
const PAGES_MOST = 20;
/** An entry of the index takes 2,700 bytes, and a character up to four. */
const ADDRESS_LONGEST = 600;
/** What is told again within this time is the same look at a page, in seconds. */
const SAME_LOOK_SECONDS = 30;

/** A page on the way, as the visitor's browser tells it. */
export interface ToldPage {
  readonly url: string;
  readonly title: string;
  /** How long ago they came to it, in seconds: their clock may be wrong, the time between two moments of it is not. */
  readonly ago: number;
}

/** What a page told of itself, as it is kept: only what is there, and nothing that is none of a page's. */
export function pageOf({ greeted: _, pages: __, ...page }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(page).filter(([, value]) => value !== undefined && value !== ""));
}

/**
 * Keeps the pages of a visit, each once with the time they came to it last, as far as the merchant's settings allow. Told
 * again, nothing changes.
 */
export async function keepPages(
  executor: Executor,
  { id, merchantId, now }: { readonly id: string; readonly merchantId: string; readonly now: Date },
  pages: readonly ToldPage[],
): Promise<void> {
  const told = pages
    .filter(({ url }) => /^https?:\/\//i.test(url))
    .slice(-PAGES_MOST)
    .map(({ url, title, ago }) => ({
      url: url.slice(0, ADDRESS_LONGEST),
      title,
      at: new Date(now.getTime() - ago * 1_000).toISOString(),
    }));
  if (told.length === 0 || !(await readSettings(executor, merchantId, privacySettings)).pages) {
    return;
  }
  // In one order, so that two of them never wait for each other.
  await rowsOf(
    executor,
    sql`insert into page_visits as v (conversation_id, url, title, at)
        select distinct on (x.url) ${id}, x.url, x.title, x.at
        from jsonb_to_recordset(${JSON.stringify(told)}::text::jsonb) as x(url text, title text, at timestamptz)
        order by x.url, x.at desc
        on conflict (conversation_id, url) do update set
          title = coalesce(nullif(excluded.title, ''), v.title),
          at = case when excluded.at > v.at + make_interval(secs => ${SAME_LOOK_SECONDS}) then excluded.at else v.at end`,
  );
  await rowsOf(
    executor,
    sql`delete from page_visits where conversation_id = ${id} and url in (
          select url from page_visits where conversation_id = ${id} order by at desc, url offset ${PAGES_MOST})`,
  );
}

/**
 * Keeps the page that the visitor looks at now and those on the way to it, and tells the agents who look at the
 * conversation (V12).
 *
 * @throws AppError not_found `conversation_not_found`
 */
export async function visitorMovedOn(
  context: Context<ActorOf<"visitor">>,
  id: string,
  told: Omit<PageContext, "ip" | "place"> & {
    readonly greeted?: boolean | undefined;
    readonly pages?: readonly ToldPage[] | undefined;
  },
): Promise<void> {
  const { actor } = context;
  const page = pageOf(told);
  const now = Object.fromEntries(MOVING.flatMap((name) => (page[name] ? [[name, page[name]]] : [])));
  const rows = await rowsOf(
    context.db,
    sql`update conversations
        set context = ${JSON.stringify(page)}::text::jsonb || context || ${JSON.stringify(now)}::text::jsonb
        where id = ${id} and merchant_id = ${actor.merchantId} and customer_id = ${actor.customerId}
        returning id`,
  );
  if (rows.length === 0) {
    throw new AppError("not_found", "conversation_not_found");
  }
  await keepPages(context.db, { id, merchantId: actor.merchantId, now: context.now() }, told.pages ?? []);
  publish([realtimeChannel.conversation(id)], "page.changed", { conversationId: id });
}
