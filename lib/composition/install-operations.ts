import { randomBytes } from "node:crypto";
import { channels } from "@/db/schema/channels";
import { webChannelConfig } from "@/lib/channels/schema";
import { newId } from "@/lib/core/ids";
import { serverTranslator } from "@/lib/i18n/server-translator";
import { install as contract } from "@/lib/identity/install-contracts";
import { install } from "@/lib/identity/install-service";
import { seal } from "@/lib/platform/crypto/seal";
import { operation } from "@/lib/platform/http/handler";

/** Sets up: merchant, administrator, and a web channel that can be tried at once. */
export const installOperation = operation(contract, async ({ body }, context) => {
  const t = serverTranslator(body.locale, "install");
  const { email } = await install(context, body, async (tx, merchantId) => {
    await tx.insert(channels).values({
      id: newId("channel", context.now()),
      merchantId,
      type: "web",
      name: t("channelName"),
      config: webChannelConfig.parse({ welcome: { [body.locale]: t("welcome", { merchant: body.merchantName }) } }),
      sealedSecrets: seal(JSON.stringify({ identitySecret: randomBytes(32).toString("hex") })),
    });
  });
  return { email };
});
