"use client";

import { useTranslations } from "next-intl";
import { DateTime } from "@/components/ui/relative-time";
import { Sheet, SheetContent } from "@/components/ui/sheet";
import type { AuditRow } from "@/lib/audit/contracts";
import { changesOf } from "./audit-changes";
import { useAuditWords } from "./audit-words";

function Value({ text, label, struck }: { text: string; label: string; struck: boolean }) {
  return text === "" ? null : (
    <p className="min-w-0">
      <span className="sr-only">{label}: </span>
      <span
        className={
          struck
            ? "whitespace-pre-wrap break-words rounded-xs bg-danger-soft px-1 text-danger-ink"
            : "whitespace-pre-wrap break-words rounded-xs bg-success-soft px-1 text-success-ink"
        }
      >
        {text}
      </span>
    </p>
  );
}

/** One recorded action with its before and after. */
export function AuditDetails({ row, onClose }: { row: AuditRow; onClose: () => void }) {
  const t = useTranslations("admin.audit");
  const words = useAuditWords();
  const changes = changesOf(row.before, row.after);
  const facts = [
    { label: t("time"), value: <DateTime date={row.createdAt} format="exact" /> },
    { label: t("actor"), value: words.actor(row) },
    { label: t("target"), value: row.targetId ?? row.targetType },
    { label: t("ip"), value: row.ip },
    { label: t("requestId"), value: row.requestId },
  ].filter(({ value }) => value !== null);
  return (
    <Sheet open onOpenChange={(open) => (open ? undefined : onClose())}>
      <SheetContent title={words.action(row.action)}>
        <dl className="grid grid-cols-[5rem_1fr] gap-x-3 gap-y-1.5 border-line border-b p-4 text-sm">
          {facts.map(({ label, value }) => (
            <div key={label} className="contents">
              <dt className="text-ink-muted">{label}</dt>
              <dd className="min-w-0 break-all">{value}</dd>
            </div>
          ))}
        </dl>
        {changes.length === 0 ? (
          <p className="p-4 text-ink-muted text-sm">{t("noDetails")}</p>
        ) : (
          <ul className="flex flex-col gap-3 p-4 text-sm">
            {changes.map((change) => (
              <li key={change.field} className="flex flex-col gap-1">
                <p className="font-mono text-ink-subtle text-xs">{change.field}</p>
                <Value text={change.before} label={t("before")} struck />
                <Value text={change.after} label={t("after")} struck={false} />
              </li>
            ))}
          </ul>
        )}
      </SheetContent>
    </Sheet>
  );
}
