import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ApiKeysPage } from "@/components/settings/api-keys/api-keys-page";
import { listApiKeys } from "@/lib/identity/api-key-service";
import { definePage } from "@/lib/web/define-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("api-keys");
  return { title: t("title") };
}

export default definePage({ permission: "api_keys.manage" }, async ({ context }) => (
  <ApiKeysPage keys={await listApiKeys(context)} />
));
