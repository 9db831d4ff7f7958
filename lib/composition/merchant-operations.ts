import { merchantFigures } from "@/lib/analytics/merchant-queries";
import { forgetChannels } from "@/lib/channels/lookup-queries";
import { forgetBlocked } from "@/lib/customers/blocklist-service";
import { isLocale } from "@/lib/i18n/locales";
import { serverTranslator } from "@/lib/i18n/server-translator";
import { invite } from "@/lib/identity/invitation-service";
import * as contracts from "@/lib/identity/merchant-contracts";
import { createMerchant, listMerchants, updateMerchant } from "@/lib/identity/merchant-service";
import { operation } from "@/lib/platform/http/handler";
import { insertFirstChannel } from "./first-channel";

export const listMerchantsOperation = operation(contracts.listMerchants, async ({ query }, context) => {
  const { items, nextCursor } = await listMerchants(context, query);
  return {
    items: await Promise.all(
      items.map(async (row) => ({ ...row, figures: await merchantFigures(context, row, query.days) })),
    ),
    nextCursor,
  };
});

export const createMerchantOperation = operation(contracts.createMerchant, async ({ body }, context) => {
  const { name, locale } = body;
  const platform = serverTranslator(isLocale(context.locale) ? context.locale : "zh-CN", "admin-merchants")("platform");
  const id = await createMerchant(context, body, platform, (tx, merchantId) =>
    insertFirstChannel(tx, { id: merchantId, name, locale }, context.now()),
  );
  const there = { ...context, actor: { ...context.actor, merchantId: id } };
  const invited = body.adminEmail
    ? await invite(there, { email: body.adminEmail, role: "admin", capacity: 5 })
    : undefined;
  return { id, link: invited?.link ?? null };
});

export const updateMerchantOperation = operation(contracts.updateMerchant, async ({ params, body }, context) => {
  await updateMerchant(context, params.id, body);
  forgetBlocked(params.id);
  forgetChannels();
  return { ok: true } as const;
});
