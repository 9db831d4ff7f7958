import { useTranslations } from "next-intl";
import type { ImportReport } from "@/lib/knowledge/import-schema";

const COUNTS = ["created", "updated", "unchanged", "repeated", "refused"] as const;

/** What an import brings, or brought, and the rows it does not take, each with its reason. */
export function ImportSummary({ report, sample }: { report: ImportReport; sample: boolean }) {
  const t = useTranslations("admin-knowledge.import");
  const more = report.refused - report.errors.length;
  return (
    <>
      <dl className="grid grid-cols-2 gap-2 md:grid-cols-5">
        {COUNTS.map((name) => (
          <div key={name} className="flex flex-col rounded-md bg-sunken px-3 py-2">
            <dt className="text-ink-muted text-xs">{t(name)}</dt>
            <dd className="font-semibold text-lg tabular-nums">{report[name]}</dd>
          </div>
        ))}
      </dl>
      {sample && report.sample.length > 0 ? (
        <section className="flex flex-col gap-1">
          <h3 className="font-medium text-sm">{t("sample")}</h3>
          <ul className="flex list-disc flex-col gap-0.5 pl-5 text-sm">
            {[...new Set(report.sample)].map((question) => (
              <li key={question} className="break-words">
                {question}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {report.errors.length > 0 ? (
        <section className="flex flex-col gap-1">
          <h3 className="font-medium text-danger-ink text-sm">{t("errors")}</h3>
          <ul className="flex flex-col gap-0.5 text-sm">
            {report.errors.map((error) => (
              <li key={error.row} className="flex gap-2">
                <span className="shrink-0 text-ink-muted tabular-nums">{t("row", { row: error.row })}</span>
                <span className="break-all">{[error.field, error.detail].filter(Boolean).join(" · ")}</span>
              </li>
            ))}
          </ul>
          {more > 0 ? <p className="text-ink-muted text-sm">{t("more", { count: more })}</p> : null}
        </section>
      ) : null}
    </>
  );
}
