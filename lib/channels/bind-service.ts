import { AppError } from "@/lib/core/errors";
import type { Context } from "@/lib/platform/context";
import { env } from "@/lib/platform/env/env";
import { guardedFetchWith } from "@/lib/platform/http/guarded-fetch";
import type { AdapterContext, ChannelAdapter } from "./adapter";
import { baseHostOf } from "./config";
import { type ChannelFacts, knownSecrets } from "./lookup-queries";
import { adapterOf } from "./registry";
import { channelSecrets } from "./secret-queries";
import { channelTokenSource } from "./token-service";

/**
 * How many times the usual limit (`CHANNEL_TIMEOUT_MS`) a platform may take for a reply that it could not recognise as
 * repeated: one that was taken after thirty seconds must not go a second time because we hung up after ten.
 */
const SEND_PATIENCE = 4;
/** Largest file that a platform gives (WeCom: 20 MB), with room, in bytes. */
const FILE_MAX_BYTES = 25 * 1_048_576;

/** Opened secrets, for as long as the channel itself is remembered. */
async function secretsOf(context: Context, channelId: string): Promise<Record<string, string>> {
  const held = knownSecrets.get(channelId);
  if (held) {
    return held;
  }
  const opened = await channelSecrets(context.db, channelId);
  knownSecrets.set(channelId, opened);
  return opened;
}

export interface BoundAdapter {
  readonly adapter: ChannelAdapter;
  readonly context: AdapterContext;
}

/**
 * A channel's adapter with its parsed configuration and opened secrets.
 *
 * @param purpose `send`: the platform gets more time where it could not recognise a repetition
 * @throws AppError not_found for an unknown kind
 */
export async function bindAdapter(
  context: Context,
  channel: ChannelFacts,
  purpose: "talk" | "send" = "talk",
): Promise<BoundAdapter> {
  const adapter = adapterOf(channel.type);
  if (!adapter) {
    throw new AppError("not_found", "channel_not_found");
  }
  const patience = purpose === "send" && !adapter.capabilities.idempotentSend ? SEND_PATIENCE : 1;
  return {
    adapter,
    context: {
      config: adapter.config.parse(channel.config),
      secrets: await secretsOf(context, channel.id),
      fetch: guardedFetchWith(baseHostOf(channel.config), FILE_MAX_BYTES),
      tokens: channelTokenSource(context.db, channel.id, context.now),
      now: context.now,
      signal: AbortSignal.timeout(env().CHANNEL_TIMEOUT_MS * patience),
    },
  };
}

/** True where the platform counts what we may send: those that do not are asked nothing before a reply. */
export function countsReplies(kind: string): boolean {
  return adapterOf(kind)?.replyGrant !== undefined;
}
