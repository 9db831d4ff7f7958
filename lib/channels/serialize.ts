import type { channels } from "@/db/schema/channels";
import { env } from "@/lib/platform/env/env";
import type { ChannelEventRow } from "./event-repository";
import { adapterOf } from "./registry";
import type { Channel, ChannelEvent } from "./schema";

export type ChannelRow = typeof channels.$inferSelect;

/** Where a platform, or the merchant's own server, sends what customers write on this channel. */
export function webhookAddress(channelId: string): string {
  return `${env().YINGDA_URL}/api/webhooks/${channelId}`;
}

/** The configuration with its defaults filled in: what is stored may be from before a field was there. */
function configOf({ type, config }: ChannelRow): Record<string, unknown> {
  const parsed = adapterOf(type)?.config.safeParse(config);
  return parsed?.success ? (parsed.data as Record<string, unknown>) : config;
}

/** Row → wire channel. Of the secrets only their names are told. */
export function toChannel(row: ChannelRow, secretsSet: readonly string[]): Channel {
  return {
    id: row.id,
    type: row.type,
    name: row.name,
    enabled: row.enabled,
    config: configOf(row),
    version: row.version,
    webhookUrl: webhookAddress(row.id),
    secretsSet: [...secretsSet],
    repliesRefusedSince: row.passiveSince?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}

/** Row → wire event, without its content. */
export function toChannelEvent(row: ChannelEventRow): ChannelEvent {
  const { id, position, type, outcome, attempts, status, error, nextAttemptAt, createdAt } = row;
  return {
    id,
    position,
    type,
    outcome: outcome as ChannelEvent["outcome"],
    attempts,
    status,
    error,
    nextAttemptAt: nextAttemptAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}
