import { z } from "zod";
import type { FeedEntry, FeedReading, Profile } from "../../adapter";
import { textAt } from "../../platform-crypto/xml";
import { addressOf } from "./account";
import { readCallback } from "./callback";
import { readFeedEntry } from "./inbound";
import { callKf, type WecomContext, WecomError } from "./platform";
import type { WecomConfig } from "./schema";

const PAGE_SIZE = 1_000;
const BATCH = 100;
/** The bell's token is old or broken; reading goes on without one, only less often. */
const STALE_BELL = 95007;

const page = z.object({
  next_cursor: z.string().max(256).default(""),
  has_more: z.union([z.number(), z.boolean()]).default(0),
  msg_list: z.array(z.unknown()).default([]),
});

const customers = z.object({
  customer_list: z
    .array(z.object({ external_userid: z.string(), nickname: z.string().optional(), avatar: z.string().optional() }))
    .default([]),
});

function sync(context: WecomContext, feed: string, cursor: string | null, token: string | undefined) {
  return callKf(
    context,
    "sync_msg",
    {
      ...(cursor && { cursor }),
      ...(token && { token }),
      open_kfid: feed,
      limit: PAGE_SIZE,
      voice_format: 0,
    },
    page,
  );
}

async function readPage(
  { feed, cursor, key }: { readonly feed: string; readonly cursor: string | null; readonly key?: string | undefined },
  context: WecomContext,
) {
  const answer = await sync(context, feed, cursor, key).catch((error: unknown) => {
    if (key !== undefined && error instanceof WecomError && error.code === STALE_BELL) {
      return sync(context, feed, cursor, undefined);
    }
    throw error;
  });
  const entries = answer.msg_list
    .map((value) => readFeedEntry(value, context.config, context.now()))
    .filter((entry): entry is FeedEntry => entry !== undefined);
  // Pages may be empty and yet not the last; a cursor that stands still would go round for ever.
  const cursorAfter = answer.next_cursor || cursor;
  return { entries, cursor: cursorAfter, more: Number(answer.has_more) === 1 && cursorAfter !== cursor };
}

async function profiles(
  externalUserIds: readonly string[],
  context: WecomContext,
): Promise<ReadonlyMap<string, Profile>> {
  const found = new Map<string, Profile>();
  const customerIds = new Map(externalUserIds.map((id) => [addressOf(context.config, id).externalUserId, id]));
  const known = [...customerIds.keys()];
  for (let start = 0; start < known.length; start += BATCH) {
    const body = { external_userid_list: known.slice(start, start + BATCH), need_enter_session_context: 0 };
    const { customer_list: list } = await callKf(context, "customer/batchget", body, customers);
    for (const { external_userid: id, nickname, avatar } of list) {
      found.set(customerIds.get(id) ?? id, {
        ...(nickname && { name: nickname }),
        ...(avatar && { avatarUrl: avatar }),
      });
    }
  }
  return found;
}

/** Messages wait at WeCom; `kf_msg_or_event` only rings (fact sheet 2.3, 2.4). */
export const wecomFeed: FeedReading<WecomConfig> = {
  bell: (request, context) => {
    const fields = readCallback(request, context)?.fields;
    const account = fields && textAt(fields, "OpenKfId");
    if (!fields || textAt(fields, "Event") !== "kf_msg_or_event" || !account) {
      return undefined;
    }
    const { openKfId } = context.config;
    if (openKfId !== "" && openKfId !== account) {
      return undefined;
    }
    const key = textAt(fields, "Token");
    return { feed: account.slice(0, 64), ...(key && { key: key.slice(0, 128) }) };
  },
  feeds: ({ openKfId }) => (openKfId === "" ? [] : [openKfId]),
  page: readPage,
  profiles,
};
