import { and, desc, eq, notInArray } from "drizzle-orm";
import { pushSubscriptions } from "@/db/schema/push";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import type { Context } from "@/lib/platform/context";
import { isAllowedHost } from "@/lib/platform/http/guarded-fetch";

export interface PushOwner {
  readonly merchantId: string;
  readonly kind: "visitor" | "agent";
  readonly id: string;
  readonly channelId?: string;
}

export interface BrowserSubscription {
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
}

/** Phones and computers of one person; the oldest makes room. */
const MOST_BROWSERS = 8;

/** Push services speak https; a host that the operator exempted is a test's or an intranet's. */
function isPushService(endpoint: string): boolean {
  const url = new URL(endpoint);
  return url.protocol === "https:" || isAllowedHost(url.host);
}

/**
 * Remembers a browser. One that was somebody else's before (a shared computer) is theirs no longer.
 *
 * @throws AppError invalid `push_endpoint_invalid`
 */
export async function subscribeBrowser(
  context: Context,
  owner: PushOwner,
  browser: BrowserSubscription,
): Promise<void> {
  if (!isPushService(browser.endpoint)) {
    throw new AppError("invalid", "push_endpoint_invalid");
  }
  const row = {
    merchantId: owner.merchantId,
    ownerKind: owner.kind,
    ownerId: owner.id,
    channelId: owner.channelId ?? null,
    p256dh: browser.keys.p256dh,
    auth: browser.keys.auth,
    locale: context.locale,
    toldOf: null,
    toldSeq: 0,
    failures: 0,
  };
  const ofOwner = and(eq(pushSubscriptions.ownerKind, owner.kind), eq(pushSubscriptions.ownerId, owner.id));
  await context.db.transaction(async (tx) => {
    await tx
      .insert(pushSubscriptions)
      .values({ id: newId("push", context.now()), endpoint: browser.endpoint, ...row })
      .onConflictDoUpdate({ target: pushSubscriptions.endpoint, set: row });
    const kept = tx
      .select({ id: pushSubscriptions.id })
      .from(pushSubscriptions)
      .where(ofOwner)
      .orderBy(desc(pushSubscriptions.createdAt), desc(pushSubscriptions.id))
      .limit(MOST_BROWSERS);
    await tx.delete(pushSubscriptions).where(and(ofOwner, notInArray(pushSubscriptions.id, kept)));
  });
}

/** Forgets a browser of this owner; one of somebody else stays. */
export async function unsubscribeBrowser(context: Context, owner: PushOwner, endpoint: string): Promise<void> {
  await context.db
    .delete(pushSubscriptions)
    .where(
      and(
        eq(pushSubscriptions.endpoint, endpoint),
        eq(pushSubscriptions.ownerKind, owner.kind),
        eq(pushSubscriptions.ownerId, owner.id),
      ),
    );
}
