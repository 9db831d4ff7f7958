import { sql } from "drizzle-orm";
import { rowsOf, type Transaction } from "@/db/client";

/** Prefix of the id under which the chat page knows somebody whom WeChat named (lib/web/wechat-entry.ts). */
const WECHAT_VISITOR = "user:wechat:";
const SIGNED_VISITOR = "user:";

type Place = readonly [channelType: string, externalId: string];

/**
 * Under which ids other channels know the same person: who opened the chat page inside WeChat is the follower of that
 * openid; whom the merchant's server signs for on a page is the user of that id in the merchant's app.
 */
export function placesOfSame(channelType: string, externalId: string): readonly Place[] {
  if (channelType === "wechat") {
    return [["web", `${WECHAT_VISITOR}${externalId}`]];
  }
  if (channelType === "api") {
    return [["web", `${SIGNED_VISITOR}${externalId}`]];
  }
  if (channelType === "web" && externalId.startsWith(WECHAT_VISITOR)) {
    return [["wechat", externalId.slice(WECHAT_VISITOR.length)]];
  }
  if (channelType === "web" && externalId.startsWith(SIGNED_VISITOR)) {
    return [
      ["api", externalId.slice(SIGNED_VISITOR.length)],
      ["web", externalId],
    ];
  }
  return [];
}

export interface Kin {
  readonly customerId: string;
  readonly name: string | null;
}

/**
 * The customer whom another channel of the merchant knows to be the same person, by ids that were vouched for on both
 * sides. Nobody who has an identity on this channel already: a channel knows a person once.
 */
export async function findKin(
  tx: Transaction,
  claim: { readonly merchantId: string; readonly channelId: string; readonly externalId: string },
): Promise<Kin | undefined> {
  const [channel] = await rowsOf<{ type: string }>(tx, sql`select type from channels where id = ${claim.channelId}`);
  for (const [type, externalId] of placesOfSame(channel?.type ?? "", claim.externalId)) {
    const [found] = await rowsOf<{ customer_id: string; name: string | null }>(
      tx,
      sql`
      select i.customer_id, cu.name from channels ch
      join customer_identities i on i.channel_id = ch.id and i.external_id = ${externalId} and i.verified
      join customers cu on cu.id = i.customer_id
      where ch.merchant_id = ${claim.merchantId} and ch.type = ${type} and not exists (
        select 1 from customer_identities own where own.customer_id = cu.id and own.channel_id = ${claim.channelId})
      order by i.created_at limit 1`,
    );
    if (found) {
      return { customerId: found.customer_id, name: found.name };
    }
  }
  return undefined;
}
