import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { PageFrame } from "@/components/settings/page-frame";
import { cn } from "@/components/ui/class-names";

const VIEWS = [
  { view: "entries", href: "/admin/knowledge" },
  { view: "gaps", href: "/admin/knowledge/gaps" },
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
      <nav aria-label={t("views")} className="-mt-1 flex gap-1 border-line border-b">
        {VIEWS.map((each) => (
          <Link
            key={each.view}
            href={each.href}
            aria-current={each.view === view ? "page" : undefined}
            className={cn(
              "-mb-px inline-flex h-9 items-center border-b-2 px-2.5 touch:h-11",
              each.view === view
                ? "border-accent font-medium text-ink"
                : "border-transparent text-ink-muted hover:text-ink",
            )}
          >
            {t(each.view)}
          </Link>
        ))}
      </nav>
      {children}
    </PageFrame>
  );
}
