import { and, desc, eq, isNotNull, sql } from "drizzle-orm";
import { z } from "zod";
import { channels } from "@/db/schema/channels";
import { conversations, ratings } from "@/db/schema/conversations";
import { customers } from "@/db/schema/customers";
import { memberships, users } from "@/db/schema/identity";
import type { ActorOf } from "@/lib/core/actor";
import { decodeCursor, encodeCursor } from "@/lib/core/pagination";
import type { Context } from "@/lib/platform/context";
import type { RatingRow } from "./contracts";

export interface RatingFilter {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly stars?: number | undefined;
  readonly agentId?: string | undefined;
  /** Only ratings with words ("true") or without ("false"). */
  readonly commented?: "true" | "false" | undefined;
}

const cursorKey = z.tuple([z.iso.datetime(), z.string().max(40)]);

function whereOf(merchantId: string, filter: RatingFilter) {
  const after = decodeCursor(filter.cursor, cursorKey);
  return and(
    eq(ratings.merchantId, merchantId),
    filter.stars === undefined ? undefined : eq(ratings.stars, filter.stars),
    filter.agentId === undefined ? undefined : eq(ratings.agentId, filter.agentId),
    filter.commented === "true" ? isNotNull(ratings.comment) : undefined,
    filter.commented === "false" ? sql`${ratings.comment} is null` : undefined,
    after ? sql`(${ratings.createdAt}, ${ratings.id}) < (${after[0]}::timestamptz, ${after[1]})` : undefined,
  );
}

/** Ratings of the caller's merchant, newest first (features.md V7). */
export async function listRatings(
  context: Context<ActorOf<"agent"> | ActorOf<"key">>,
  filter: RatingFilter,
): Promise<{ items: RatingRow[]; nextCursor: string | null }> {
  const rows = await context.db
    .select({ rating: ratings, customerName: customers.name, agentName: users.name, channelName: channels.name })
    .from(ratings)
    .innerJoin(conversations, eq(conversations.id, ratings.conversationId))
    .innerJoin(channels, eq(channels.id, conversations.channelId))
    .leftJoin(customers, eq(customers.id, ratings.customerId))
    .leftJoin(memberships, eq(memberships.id, ratings.agentId))
    .leftJoin(users, eq(users.id, memberships.userId))
    .where(whereOf(context.actor.merchantId, filter))
    .orderBy(desc(ratings.createdAt), desc(ratings.id))
    .limit(filter.limit + 1);
  const page = rows.slice(0, filter.limit);
  const last = page.at(-1)?.rating;
  return {
    items: page.map(({ rating, ...names }) => ({
      conversationId: rating.conversationId,
      stars: rating.stars,
      tags: rating.tags,
      comment: rating.comment,
      createdAt: rating.createdAt.toISOString(),
      ...names,
    })),
    nextCursor: rows.length > filter.limit && last ? encodeCursor([last.createdAt.toISOString(), last.id]) : null,
  };
}
