import { randomBytes } from "node:crypto";
import type { Transaction } from "@/db/client";
import { channels } from "@/db/schema/channels";
import { webChannelConfig } from "@/lib/channels/schema";
import { newId } from "@/lib/core/ids";
import type { Locale } from "@/lib/i18n/locales";
import { serverTranslator } from "@/lib/i18n/server-translator";
import { seal } from "@/lib/platform/crypto/seal";

/** A web channel that can be tried at once, for a merchant that has just begun. */
export async function insertFirstChannel(
  tx: Transaction,
  merchant: { readonly id: string; readonly name: string; readonly locale: Locale },
  now: Date,
): Promise<void> {
  const t = serverTranslator(merchant.locale, "install");
  await tx.insert(channels).values({
    id: newId("channel", now),
    merchantId: merchant.id,
    type: "web",
    name: t("channelName"),
    config: webChannelConfig.parse({ welcome: { [merchant.locale]: t("welcome", { merchant: merchant.name }) } }),
    sealedSecrets: seal(JSON.stringify({ identitySecret: randomBytes(32).toString("hex") })),
  });
}
