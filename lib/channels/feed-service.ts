import { and, eq, inArray, lt, sql } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { channelFeedItems, channelFeeds, channels } from "@/db/schema/channels";
import type { Context } from "@/lib/platform/context";
import { faultPoint } from "@/lib/platform/fault-point";
import type { FeedEntry, Inbound } from "./adapter";
import { type BoundAdapter, bindAdapter } from "./bind-service";
import { type ChannelFacts, findChannel } from "./lookup-queries";
import { adapters } from "./registry";

/** A feed that nobody rang about for this long is looked at all the same, in milliseconds. */
const QUIET_MS = 10 * 60_000;
/** Most pages in one go; what is left waits for the next. */
const MAX_PAGES = 1_000;

/** Where to read, with the key that a bell brought. */
export interface FeedPlace {
  readonly feed: string;
  readonly key?: string | undefined;
}

/** Stores what the entries of a page say. Runs again after a crash, so storing one twice must change nothing. */
export type ReceiveItems = (items: readonly Inbound[], bound: BoundAdapter) => Promise<void>;

async function unread(executor: Executor, channelId: string, entries: readonly FeedEntry[]): Promise<FeedEntry[]> {
  const ids = [...new Set(entries.map(({ id }) => id))];
  const known = await executor
    .select({ id: channelFeedItems.externalId })
    .from(channelFeedItems)
    .where(and(eq(channelFeedItems.channelId, channelId), inArray(channelFeedItems.externalId, ids)));
  const seen = new Set(known.map(({ id }) => id));
  return entries.filter(({ id }) => {
    const isNew = !seen.has(id);
    seen.add(id);
    return isNew;
  });
}

/**
 * Reads one page while holding the feed's row: one reader at a time over all processes. The cursor moves when everything
 * on the page is stored; a process that ends in between leaves both as they were, and the page is read again.
 *
 * @returns whether there is more
 */
async function readPage(
  context: Context,
  channel: ChannelFacts,
  place: FeedPlace,
  receive: ReceiveItems,
): Promise<boolean> {
  const where = and(eq(channelFeeds.channelId, channel.id), eq(channelFeeds.feed, place.feed));
  return context.db.transaction(async (tx) => {
    const [row] = await tx.select().from(channelFeeds).where(where).for("update");
    const bound = await bindAdapter(context, channel);
    const page = await bound.adapter.feed?.page({ ...place, cursor: row?.cursor ?? null }, bound.context);
    if (!page) {
      return false;
    }
    faultPoint("feed.page_fetched");
    const fresh = page.entries.length > 0 ? await unread(tx, channel.id, page.entries) : [];
    await receive(
      fresh.map(({ item }) => item),
      bound,
    );
    faultPoint("feed.page_stored");
    if (fresh.length > 0) {
      await tx
        .insert(channelFeedItems)
        .values(fresh.map(({ id }) => ({ channelId: channel.id, externalId: id })))
        .onConflictDoNothing();
    }
    await tx.update(channelFeeds).set({ cursor: page.cursor, readAt: context.now() }).where(where);
    return page.more;
  });
}

/**
 * Reads a feed to its end, page after page.
 *
 * @throws ChannelError when the platform does not answer: what is not read waits there
 */
export async function readFeed(
  context: Context,
  channel: ChannelFacts,
  place: FeedPlace,
  receive: ReceiveItems,
): Promise<void> {
  await context.db.insert(channelFeeds).values({ channelId: channel.id, feed: place.feed }).onConflictDoNothing();
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const isMore = await readPage(context, channel, place, receive);
    faultPoint("feed.cursor_moved");
    if (!isMore) {
      return;
    }
  }
}

/** Feeds of all channels in which nobody has looked for ten minutes: their bell may have been lost while we were down. */
export async function quietFeeds(context: Context): Promise<{ channel: ChannelFacts; feed: string }[]> {
  const kinds = adapters().flatMap(({ kind, feed }) => (feed ? [kind] : []));
  const rows = await context.db
    .select({ id: channels.id })
    .from(channels)
    .where(and(inArray(channels.type, kinds), eq(channels.enabled, true), sql`${channels.removedAt} is null`));
  const quiet: { channel: ChannelFacts; feed: string }[] = [];
  for (const { id } of rows) {
    const channel = await findChannel(context.db, id);
    quiet.push(...(channel ? await quietFeedsOf(context, channel) : []));
  }
  return quiet;
}

async function quietFeedsOf(
  context: Context,
  channel: ChannelFacts,
): Promise<{ channel: ChannelFacts; feed: string }[]> {
  const { adapter, context: bound } = await bindAdapter(context, channel);
  const known = await context.db.select().from(channelFeeds).where(eq(channelFeeds.channelId, channel.id));
  const names = new Set([...(adapter.feed?.feeds(bound.config) ?? []), ...known.map(({ feed }) => feed)]);
  const after = context.now().getTime() - QUIET_MS;
  const isQuiet = (feed: string) => (known.find((row) => row.feed === feed)?.readAt?.getTime() ?? 0) < after;
  return [...names].filter(isQuiet).map((feed) => ({ channel, feed }));
}

/** Forgets entries that no platform tells again. */
export async function forgetFeedItems(executor: Executor, before: Date): Promise<void> {
  await executor.delete(channelFeedItems).where(lt(channelFeedItems.createdAt, before));
}
