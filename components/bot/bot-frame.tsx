import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { PageFrame } from "@/components/settings/page-frame";
import { SectionViews } from "@/components/settings/section-views";

const VIEWS = [
  { view: "providers", href: "/admin/bot" },
  { view: "embeddings", href: "/admin/bot/embeddings" },
  { view: "intents", href: "/admin/bot/intents" },
  { view: "channels", href: "/admin/bot/channels" },
  { view: "playground", href: "/admin/bot/playground" },
  { view: "cases", href: "/admin/bot/cases" },
  { view: "quality", href: "/admin/bot/quality" },
] as const;

export interface BotFrameProps {
  view: (typeof VIEWS)[number]["view"];
  description: string;
  actions?: ReactNode;
  children: ReactNode;
}

/** The parts of the bot's section under one heading. */
export async function BotFrame({ view, description, actions, children }: BotFrameProps) {
  const t = await getTranslations("admin-bot");
  return (
    <PageFrame title={t("title")} description={description} actions={actions}>
      <SectionViews
        label={t("views")}
        views={VIEWS.map((each) => ({ href: each.href, label: t(each.view), current: each.view === view }))}
      />
      {children}
    </PageFrame>
  );
}
