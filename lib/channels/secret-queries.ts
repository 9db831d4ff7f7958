import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Executor } from "@/db/client";
import { channels } from "@/db/schema/channels";
import { unseal } from "@/lib/platform/crypto/seal";
import { isSecretName, overlapEnd, secretsInForce } from "./secret-overlap";

const secrets = z.record(z.string(), z.string());

/** Opens sealed secrets; an empty object when none were set. */
export function openSecrets(sealed: string | null): Record<string, string> {
  return sealed ? secrets.parse(JSON.parse(unseal(sealed))) : {};
}

/** Names of the secrets that are set: all that an admin is ever shown of them. */
export function secretNames(sealed: string | null): string[] {
  return Object.keys(openSecrets(sealed)).filter(isSecretName).sort();
}

/** Secrets whose former value still counts, with its end. */
export function overlapsOf(sealed: string | null, now: Date): { readonly name: string; readonly until: Date }[] {
  const opened = openSecrets(sealed);
  return Object.keys(opened)
    .filter(isSecretName)
    .flatMap((name) => {
      const until = overlapEnd(opened, name, now);
      return until ? [{ name, until }] : [];
    });
}

/** A channel's secrets, opened; an empty object when none were set. For server-side checks only, never serialised. */
export async function channelSecrets(executor: Executor, channelId: string): Promise<Record<string, string>> {
  const [row] = await executor
    .select({ sealed: channels.sealedSecrets })
    .from(channels)
    .where(eq(channels.id, channelId));
  return openSecrets(row?.sealed ?? null);
}

/** The values of one of a channel's secrets that count now, the newest first; none when it is not set. */
export async function secretValues(
  executor: Executor,
  channelId: string,
  name: string,
  now: Date,
): Promise<readonly string[]> {
  return secretsInForce(await channelSecrets(executor, channelId), name, now);
}
