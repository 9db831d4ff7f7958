import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { PageFrame } from "@/components/settings/page-frame";
import { SectionViews } from "@/components/settings/section-views";

const VIEWS = [
  { view: "entries", href: "/admin/knowledge" },
  { view: "collections", href: "/admin/knowledge/collections" },
  { view: "import", href: "/admin/knowledge/import" },
  { view: "gaps", href: "/admin/knowledge/gaps" },
  { view: "suggestions", href: "/admin/knowledge/suggestions" },
  { view: "test", href: "/admin/knowledge/test" },
] as const;

export interface KnowledgeFrameProps {
  view: (typeof VIEWS)[number]["view"];
  description: string;
  actions?: ReactNode;
  /** Who may only write drafts sees the entries alone. */
  mayManage?: boolean;
  children: ReactNode;
}

/** The parts of the knowledge section under one heading. */
export async function KnowledgeFrame({ view, description, actions, mayManage = true, children }: KnowledgeFrameProps) {
  const t = await getTranslations("admin-knowledge");
  return (
    <PageFrame title={t("title")} description={description} actions={actions}>
      {mayManage ? (
        <SectionViews
          label={t("views")}
          views={VIEWS.map((each) => ({
            href: each.href,
            label: each.view === "collections" ? t("collectionsView") : t(each.view),
            current: each.view === view,
          }))}
        />
      ) : null}
      {children}
    </PageFrame>
  );
}
