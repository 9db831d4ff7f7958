import { sql } from "drizzle-orm";
import { type Executor, rowsOf } from "@/db/client";
import type { Inbound } from "@/lib/channels/adapter";
import { type BoundAdapter, bindAdapter, countsReplies } from "@/lib/channels/bind-service";
import { type ChannelFacts, findChannel } from "@/lib/channels/lookup-queries";
import { repliesOnlyPassively } from "@/lib/channels/passive-only-service";
import { AppError } from "@/lib/core/errors";
import type { OpenedWindow } from "@/lib/customers/identify-service";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { sharedCache } from "@/lib/platform/shared-cache";
import type { ReplyAllowance } from "./reply-window-contracts";
import { findConversation } from "./repository";
import type { ConversationRow } from "./rows";

type Act = Extract<Inbound, { kind: "message" | "event" }>;

/** What an act of the customer's lets us send, where their platform counts. */
export function windowOf({ adapter, context }: BoundAdapter, item: Act): OpenedWindow | "closed" | undefined {
  const grant = adapter.replyGrant?.(item, context.config);
  return typeof grant === "object"
    ? {
        scene: grant.scene,
        openedAt: item.at,
        until: new Date(item.at.getTime() + grant.seconds * 1_000),
        replies: grant.replies,
      }
    : grant;
}

/** Nothing may be sent to them any more. */
export async function closeReplyWindows(executor: Executor, identityId: string, at: Date): Promise<void> {
  await rowsOf(
    executor,
    sql`update reply_windows set until = least(until, ${at.toISOString()}::timestamptz) where identity_id = ${identityId}`,
  );
}

/**
 * Takes replies that went out by the platform's API from the window that lasts longest and still has some. The commit does
 * not wait for the disk: the platform itself counts, this is what is told before.
 */
export async function spendReplies(executor: Executor, row: { conversation_id: string }, count: number, at: Date) {
  await rowsOf(
    executor,
    sql`
    with soon as materialized (select set_config('synchronous_commit', 'off', true))
    update reply_windows w set remaining = greatest(w.remaining - ${count}, 0)
    from soon, (
      select open.identity_id, open.scene from reply_windows open join conversations c on c.identity_id = open.identity_id
      where c.id = ${row.conversation_id} and open.until > ${at.toISOString()}::timestamptz and open.remaining > 0
      order by open.until desc limit 1) chosen
    where w.identity_id = chosen.identity_id and w.scene = chosen.scene`,
  );
}

/** Believes the platform where it counts otherwise: older accounts have other limits, and other software may send, too. */
export async function believePlatform(executor: Executor, row: { conversation_id: string }, reason: string, at: Date) {
  if (reason !== "window_closed" && reason !== "limit_reached") {
    return;
  }
  const change =
    reason === "window_closed" ? sql`until = least(until, ${at.toISOString()}::timestamptz)` : sql`remaining = 0`;
  await rowsOf(
    executor,
    sql`update reply_windows w set ${change} from conversations c
        where c.id = ${row.conversation_id} and w.identity_id = c.identity_id`,
  );
}

interface Counted {
  readonly remaining: number | null;
  readonly until: string | null;
  readonly known: boolean;
  readonly queued: number;
}

async function count(context: Context, row: ConversationRow): Promise<Counted | undefined> {
  const at = context.now().toISOString();
  const [counted] = await rowsOf<Counted & Record<string, unknown>>(
    context.db,
    sql`
    select max(w.remaining) filter (where w.until > ${at}::timestamptz) as remaining, max(w.until) as until,
      count(*) > 0 as known,
      (select count(*)::int from messages m where m.conversation_id = ${row.id} and m.delivery = 'queued'
        and m.author_kind <> 'visitor' and m.visibility = 'public') as queued
    from reply_windows w where w.identity_id = ${row.identity_id}`,
  );
  return counted;
}

async function allowanceFor(context: Context, row: ConversationRow): Promise<ReplyAllowance | null> {
  const channel = await findChannel(context.db, row.channel_id);
  const bound = channel && (await bindAdapter(context, channel));
  if (!channel || !bound?.adapter.replyGrant) {
    return null;
  }
  const counted = await count(context, row);
  if (repliesOnlyPassively(channel, bound)) {
    return { state: "passive_only", remaining: null, until: null };
  }
  if (!counted?.known) {
    // Nobody counted when the customer last wrote: the platform decides.
    return { state: "open", remaining: null, until: null };
  }
  const until = counted.until === null ? null : new Date(counted.until).toISOString();
  if (counted.remaining === null) {
    return { state: "window_closed", remaining: 0, until };
  }
  const remaining = Math.max(0, counted.remaining - counted.queued);
  return { state: remaining === 0 ? "limit_reached" : "open", remaining, until };
}

/**
 * What may be sent in a conversation: how many replies the customer's platform still takes and until when (null where none
 * counts), kinds of cards, and whether there are templates.
 *
 * @throws AppError not_found
 */
export async function replyAllowance(context: Context, id: string) {
  const row = await findConversation(context.db, merchantOf(context), id);
  if (!row) {
    throw new AppError("not_found", "conversation_not_found");
  }
  const channel = await findChannel(context.db, row.channel_id);
  const adapter = channel && (await bindAdapter(context, channel)).adapter;
  const [template] = adapter?.templates
    ? await rowsOf(
        context.db,
        sql`select 1 from channel_templates where channel_id = ${row.channel_id} and offered limit 1`,
      )
    : [];
  return {
    allowance: await allowanceFor(context, row),
    cards: [...(adapter?.capabilities.cards ?? [])],
    templates: template !== undefined,
  };
}

/**
 * Conversations whose platform counts nothing: asked with every reply, and never otherwise, since a conversation keeps its
 * channel and a channel its kind. Without it each reply would wait for one more query.
 */
const uncounted = sharedCache<ChannelFacts>("uncounted-replies", 20_000, 600_000);

/**
 * Refuses a reply that the platform would refuse, before it is stored. One that is stored already is not in question.
 *
 * @throws AppError conflict `reply_window_closed` | `reply_limit_reached`
 */
export async function checkReplyAllowance(context: Context, id: string, clientId: string): Promise<void> {
  if (uncounted.has(id)) {
    return;
  }
  const row = await findConversation(context.db, merchantOf(context), id);
  const allowance = row && (await allowanceFor(context, row));
  const channel = row && (await findChannel(context.db, row.channel_id));
  if (channel && !countsReplies(channel.type)) {
    uncounted.set(id, channel);
  }
  if (allowance?.state !== "window_closed" && allowance?.state !== "limit_reached") {
    return;
  }
  const [known] = await rowsOf(
    context.db,
    sql`select 1 from messages where conversation_id = ${id} and client_id = ${clientId}`,
  );
  if (!known) {
    throw new AppError("conflict", allowance.state === "window_closed" ? "reply_window_closed" : "reply_limit_reached");
  }
}
