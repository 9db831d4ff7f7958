import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Dashboard } from "@/components/analytics/dashboard";
import { getLiveNumbers } from "@/lib/analytics/live-queries";
import { roleMay } from "@/lib/identity/permissions";
import { clientRealtimeSettings } from "@/lib/platform/realtime/settings";
import { definePage } from "@/lib/web/define-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin.dashboard");
  return { title: t("title") };
}

export default definePage({ permission: "analytics.read" }, async ({ context }) => (
  <Dashboard
    initial={await getLiveNumbers(context)}
    merchantId={context.actor.merchantId}
    realtime={clientRealtimeSettings()}
    mayAddAgents={roleMay(context.actor.role, "agents.write")}
    mayWriteKnowledge={roleMay(context.actor.role, "knowledge.write")}
  />
));
