import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { channels } from "@/db/schema/channels";
import { merchants } from "@/db/schema/merchants";
import { sharedCache } from "@/lib/platform/shared-cache";

/** What the paths of a message need to know of a channel; secrets stay out of it. */
export interface ChannelFacts {
  readonly id: string;
  readonly merchantId: string;
  readonly type: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly config: Record<string, unknown>;
  /** Since when the platform refuses replies by its API; null: it does not. */
  readonly passiveSince: Date | null;
}

const CACHE_MS = 5_000;
const known = sharedCache<ChannelFacts>("channels", 1_000, CACHE_MS);
/** Opened secrets by channel, beside the facts and as old at most. */
export const knownSecrets = sharedCache<Record<string, string>>("channel-secrets", 1_000, CACHE_MS);

/** A channel by id, at most five seconds old; undefined when there is none. */
export async function findChannel(executor: Executor, id: string): Promise<ChannelFacts | undefined> {
  const cached = known.get(id);
  if (cached) {
    return cached;
  }
  const [row] = await executor
    .select({
      id: channels.id,
      merchantId: channels.merchantId,
      type: channels.type,
      name: channels.name,
      // A merchant out of service has no channel that is on.
      enabled: sql<boolean>`${channels.enabled} and ${merchants.suspendedAt} is null`,
      config: channels.config,
      passiveSince: channels.passiveSince,
    })
    .from(channels)
    .innerJoin(merchants, eq(merchants.id, channels.merchantId))
    .where(and(eq(channels.id, id), isNull(channels.removedAt)));
  if (row) {
    known.set(id, row);
  }
  return row;
}

/** Forgets a channel after it was changed. */
export function forgetChannel(id: string): void {
  known.delete(id);
  knownSecrets.delete(id);
}

/** Forgets all channels, after a merchant was taken out of service or put back. */
export function forgetChannels(): void {
  known.clear();
}

/**
 * The channel that stands for its kind where an integration names none: the oldest that is on.
 *
 * @param merchantId among the channels of this merchant only; null: of the whole installation
 */
export async function findDefaultChannel(
  executor: Executor,
  kinds: readonly string[],
  merchantId: string | null,
): Promise<ChannelFacts | undefined> {
  const [row] = await executor
    .select({ id: channels.id })
    .from(channels)
    .where(
      and(
        inArray(channels.type, [...kinds]),
        eq(channels.enabled, true),
        isNull(channels.removedAt),
        merchantId === null ? undefined : eq(channels.merchantId, merchantId),
      ),
    )
    .orderBy(asc(channels.createdAt), asc(channels.id))
    .limit(1);
  return row && findChannel(executor, row.id);
}
