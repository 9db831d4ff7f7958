import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { PageFrame } from "@/components/settings/page-frame";
import { SectionViews } from "@/components/settings/section-views";

const VIEWS = [
  { view: "entries", href: "/admin/knowledge" },
  { view: "gaps", href: "/admin/knowledge/gaps" },
  { view: "suggestions", href: "/admin/knowledge/suggestions" },
  { view: "test", href: "/admin/knowledge/test" },
] as const;

export interface KnowledgeFrameProps {
  view: (typeof VIEWS)[number]["view"];
  description: string;
  actions?: ReactNode;
  children: ReactNode;
}

/** The three parts of the knowledge section under one heading. */
export async function KnowledgeFrame({ view, description, actions, children }: KnowledgeFrameProps) {
  const t = await getTranslations("admin-knowledge");
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
