import { and, eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { channelTokens } from "@/db/schema/channels";
import { seal, unseal } from "@/lib/platform/crypto/seal";
import { sharedCache } from "@/lib/platform/shared-cache";
import type { FreshToken, TokenSource } from "./token-source";

/** How long before its end a token is replaced, in seconds: a request on its way must not meet a dead one. */
const EARLY_SECONDS = 300;
const MAX_KNOWN = 5_000;
const KNOWN_MS = 60_000;

interface KnownToken {
  readonly value: string;
  readonly freshUntil: number;
}

const known = sharedCache<KnownToken>("channel-tokens", MAX_KNOWN, KNOWN_MS);
const fetching = sharedCache<Promise<KnownToken>>("channel-token-fetches", MAX_KNOWN, KNOWN_MS);

/** When a token is to be replaced. A short one (a platform hands out what is left of it) is used for half its time. */
function freshUntil(token: FreshToken, now: Date): number {
  const early = Math.min(EARLY_SECONDS, token.expiresInSeconds / 2);
  return now.getTime() + (token.expiresInSeconds - early) * 1_000;
}

/**
 * Reads the stored token or fetches a new one while holding its row: of all processes one asks the platform, the
 * others wait for the row and find what it stored.
 */
async function readOrFetch(
  db: Database,
  now: () => Date,
  key: { readonly channelId: string; readonly name: string },
  fetchToken: () => Promise<FreshToken>,
): Promise<KnownToken> {
  const where = and(eq(channelTokens.channelId, key.channelId), eq(channelTokens.name, key.name));
  await db.insert(channelTokens).values(key).onConflictDoNothing();
  return db.transaction(async (tx) => {
    const [row] = await tx.select().from(channelTokens).where(where).for("update");
    if (row?.sealedValue && row.expiresAt && row.expiresAt > now()) {
      return { value: unseal(row.sealedValue), freshUntil: row.expiresAt.getTime() };
    }
    const token = await fetchToken();
    const until = freshUntil(token, now());
    await tx
      .update(channelTokens)
      .set({ sealedValue: seal(token.value), expiresAt: new Date(until) })
      .where(where);
    return { value: token.value, freshUntil: until };
  });
}

/**
 * The tokens of one channel, shared by all processes through `channel_tokens`: refreshed before they end, by one
 * refresher at a time.
 */
export function channelTokenSource(db: Database, channelId: string, now: () => Date): TokenSource {
  const cacheKey = (name: string) => `${channelId}:${name}`;
  return {
    async get(name, fetchToken) {
      const held = known.get(cacheKey(name));
      if (held && held.freshUntil > now().getTime()) {
        return held.value;
      }
      // Within the process one asks, however many need it.
      const running = fetching.get(cacheKey(name));
      const work = running ?? readOrFetch(db, now, { channelId, name }, fetchToken);
      if (!running) {
        fetching.set(cacheKey(name), work);
        work.then(
          () => fetching.delete(cacheKey(name)),
          () => fetching.delete(cacheKey(name)),
        );
      }
      const token = await work;
      known.set(cacheKey(name), token);
      return token.value;
    },

    async refuse(name, value) {
      if (known.get(cacheKey(name))?.value === value) {
        known.delete(cacheKey(name));
      }
      await db.transaction(async (tx) => {
        const where = and(eq(channelTokens.channelId, channelId), eq(channelTokens.name, name));
        const [row] = await tx.select().from(channelTokens).where(where).for("update");
        // Somebody may have replaced it already; their token is good.
        if (row?.sealedValue && unseal(row.sealedValue) === value) {
          await tx.update(channelTokens).set({ sealedValue: null, expiresAt: null }).where(where);
        }
      });
    },
  };
}
