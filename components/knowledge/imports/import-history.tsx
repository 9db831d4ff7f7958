"use client";

import { FileInput } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { type KnowledgeImport, OUTCOMES } from "@/lib/knowledge/imports/schema";
import { ImportBadge } from "./import-badge";

function useOutcomeWords() {
  const t = useTranslations("admin-knowledge.imports");
  return ({ outcomes }: KnowledgeImport): string =>
    OUTCOMES.filter((outcome) => (outcomes[outcome] ?? 0) > 0)
      .map((outcome) => `${t(`outcome_${outcome}`)} ${outcomes[outcome]}`)
      .join(" · ");
}

/** The last imports; each leads to its own page. */
export function ImportHistory({ imports }: { imports: readonly KnowledgeImport[] }) {
  const t = useTranslations("admin-knowledge.imports");
  const outcomeWords = useOutcomeWords();
  return (
    <section className="flex flex-col gap-2">
      <h2 className="font-semibold text-base">{t("history")}</h2>
      {imports.length === 0 ? (
        <EmptyState compact icon={<FileInput aria-hidden />} title={t("none")} body={t("noneBody")} />
      ) : (
        <ul className="divide-y divide-line rounded-md border border-line bg-surface">
          {imports.map((each) => (
            <li key={each.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-3">
              <span className="flex min-w-0 flex-1 basis-60 flex-col">
                <Link href={`/admin/knowledge/import/${each.id}`} className="break-all font-medium hover:underline">
                  {each.name}
                </Link>
                <span className="text-ink-muted text-xs">
                  {[
                    t(`source_${each.source}`),
                    each.collection,
                    each.createdByName ? t("by", { name: each.createdByName }) : null,
                    each.finishedAt ? outcomeWords(each) : null,
                  ]
                    .filter(Boolean)
                    .join(" · ")}
                </span>
              </span>
              <RelativeTime date={each.createdAt} className="text-ink-muted text-sm" />
              <ImportBadge status={each.status} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
