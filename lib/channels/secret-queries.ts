import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Executor } from "@/db/client";
import { channels } from "@/db/schema/channels";
import { unseal } from "@/lib/platform/crypto/seal";

const secrets = z.record(z.string(), z.string());

/** Opens sealed secrets; an empty object when none were set. */
export function openSecrets(sealed: string | null): Record<string, string> {
  return sealed ? secrets.parse(JSON.parse(unseal(sealed))) : {};
}

/** Names of the secrets that are set: all that an admin is ever shown of them. */
export function secretNames(sealed: string | null): string[] {
  return Object.keys(openSecrets(sealed)).sort();
}

/** A channel's secrets, opened; an empty object when none were set. For server-side checks only, never serialised. */
export async function channelSecrets(executor: Executor, channelId: string): Promise<Record<string, string>> {
  const [row] = await executor
    .select({ sealed: channels.sealedSecrets })
    .from(channels)
    .where(eq(channels.id, channelId));
  return openSecrets(row?.sealed ?? null);
}
