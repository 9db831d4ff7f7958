import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { PageFrame } from "@/components/settings/page-frame";
import { cn } from "@/components/ui/class-names";

const VIEWS = [
  { view: "providers", href: "/admin/bot" },
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
      <nav aria-label={t("views")} className="-mt-1 flex gap-1 overflow-x-auto border-line border-b">
        {VIEWS.map((each) => (
          <Link
            key={each.view}
            href={each.href}
            aria-current={each.view === view ? "page" : undefined}
            className={cn(
              "-mb-px inline-flex h-9 items-center whitespace-nowrap border-b-2 px-2.5 touch:h-11",
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
