import webPush from "web-push";
import type { Executor } from "@/db/client";
import { pushKeys } from "@/db/schema/push";
import { seal, unseal } from "@/lib/platform/crypto/seal";

/** A VAPID pair (RFC 8292), in base64url. */
export interface PushKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

const ROW = "vapid";

/**
 * The installation's key pair, made the first time it is asked for. Two processes that ask at once end up with one: a
 * browser's subscription is bound to the public key, so a second pair would silence every browser that has the first.
 */
export async function installationPushKeys(executor: Executor): Promise<PushKeys> {
  const [known] = await executor.select().from(pushKeys);
  if (known) {
    return { publicKey: known.publicKey, privateKey: unseal(known.privateKey) };
  }
  const made = webPush.generateVAPIDKeys();
  await executor
    .insert(pushKeys)
    .values({ id: ROW, publicKey: made.publicKey, privateKey: seal(made.privateKey) })
    .onConflictDoNothing();
  return installationPushKeys(executor);
}
