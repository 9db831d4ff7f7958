import { Download } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { PreferencesMenu } from "@/components/shell/preferences-menu";
import { BrandMark } from "@/components/ui/brand-mark";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { reference } from "@/lib/composition/api-reference";
import { tagName } from "./wording";

/** Address part of the page of named schemas. */
export const SCHEMAS = "schemas";

function GroupLink({ href, current, children }: { href: string; current: boolean; children: ReactNode }) {
  return (
    <Link
      href={href}
      aria-current={current ? "page" : undefined}
      className={cn(
        "flex items-center justify-between gap-3 whitespace-nowrap rounded-sm px-2.5 py-1.5 text-ink-muted hover:bg-hover hover:text-ink touch:min-h-11",
        current && "bg-selected font-medium text-ink",
      )}
    >
      {children}
    </Link>
  );
}

/** Head, groups and content of the reference's pages. `current` is the group's address part, or "" for the overview. */
export async function DocsFrame({ current, children }: { current: string; children: ReactNode }) {
  const [t, common, tags] = await Promise.all([
    getTranslations("api-reference"),
    getTranslations("common"),
    getTranslations("api-tags"),
  ]);
  return (
    <div className="min-h-dvh bg-canvas">
      <header className="sticky top-0 z-10 border-line border-b bg-surface">
        <div className="mx-auto flex h-14 max-w-6xl items-center gap-3 px-4 sm:px-6">
          <Link href="/" className="flex items-center gap-2 rounded-sm font-semibold text-lg">
            <BrandMark className="size-7" />
            {common("product")}
          </Link>
          <span aria-hidden className="h-5 border-line border-l" />
          <Link href="/docs" className="min-w-0 truncate rounded-sm text-ink-muted hover:text-ink">
            {t("title")}
          </Link>
          <span className="flex-1" />
          <Button asChild variant="secondary" className="max-sm:hidden">
            <a href="/api/openapi.json">
              <Download aria-hidden />
              {t("download")}
            </a>
          </Button>
          <PreferencesMenu />
        </div>
      </header>
      <div className="mx-auto flex max-w-6xl gap-8 px-4 py-6 max-lg:flex-col sm:px-6 lg:py-10">
        <nav aria-label={t("navigation")} className="lg:w-52 lg:shrink-0">
          <ul className="flex gap-1 max-lg:-mx-4 max-lg:overflow-x-auto max-lg:px-4 lg:sticky lg:top-24 lg:flex-col">
            <li>
              <GroupLink href="/docs" current={current === ""}>
                {t("overview")}
              </GroupLink>
            </li>
            {reference().groups.map(({ slug, tag, operations }) => (
              <li key={slug}>
                <GroupLink href={`/docs/${slug}`} current={current === slug}>
                  {tagName(tags, slug, tag)}
                  <span className="text-ink-subtle text-xs">{operations.length}</span>
                </GroupLink>
              </li>
            ))}
            <li>
              <GroupLink href={`/docs/${SCHEMAS}`} current={current === SCHEMAS}>
                {t("schemas")}
              </GroupLink>
            </li>
          </ul>
        </nav>
        <main className="min-w-0 flex-1">{children}</main>
      </div>
    </div>
  );
}
