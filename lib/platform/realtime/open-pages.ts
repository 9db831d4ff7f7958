import { sharedCache } from "@/lib/platform/shared-cache";
import { parseChannel, VISITOR_CHANNELS } from "./channels";
import { pusher, usesHostedRealtime } from "./publish";
import { getRealtimeHub } from "./server/hub-singleton";

/** A cluster of others is asked this often at most, and waited for no longer. Milliseconds. */
const KNOWN_MS = 10_000;
const PATIENCE_MS = 2_000;
const known = sharedCache<{ readonly names: readonly string[] }>("open-pages", 1, KNOWN_MS);

async function askCluster(): Promise<readonly string[]> {
  const remembered = known.get("names");
  if (remembered) {
    return remembered.names;
  }
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error("timeout")), PATIENCE_MS);
  });
  try {
    const answer = await Promise.race([
      pusher().get({ path: "/channels", params: { filter_by_prefix: VISITOR_CHANNELS } }),
      late,
    ]);
    const { channels } = (await answer.json()) as { channels?: Record<string, unknown> };
    const names = Object.keys(channels ?? {});
    known.set("names", { names });
    return names;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Conversations whose customer has the chat open at this moment, of all merchants.
 *
 * @returns undefined when the realtime server cannot be asked
 */
export async function openVisitorPages(): Promise<string[] | undefined> {
  const hub = usesHostedRealtime() ? undefined : getRealtimeHub();
  const names = hub ? hub.channelNames(VISITOR_CHANNELS) : await askCluster().catch(() => undefined);
  return names?.flatMap((name) => {
    const channel = parseChannel(name);
    return channel?.kind === "visitor" ? [channel.conversationId] : [];
  });
}
