import { isLocale } from "@/lib/i18n/locales";
import { serverTranslator } from "@/lib/i18n/server-translator";
import { operation } from "@/lib/platform/http/handler";
import { changeEntries } from "./bulk-contracts";
import { changeMany } from "./bulk-service";

export const changeEntriesOperation = operation(changeEntries, async ({ body }, context) => {
  const { done, failed } = await changeMany(context, body);
  const reasons = serverTranslator(isLocale(context.locale) ? context.locale : "zh-CN", "errors");
  return { done, failed: failed.map(({ id, reason }) => ({ id, reason, detail: reasons(reason) })) };
});
