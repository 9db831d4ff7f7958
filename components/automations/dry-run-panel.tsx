"use client";

import { FlaskConical } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { conversationAddress } from "@/components/analytics/conversation-address";
import { DateTime } from "@/components/ui/relative-time";
import type { DryRun } from "@/lib/automations/schema";

/** What a dry run found. */
export function DryRunPanel({ result }: { result: DryRun }) {
  const t = useTranslations("admin-rules");
  return (
    <section aria-live="polite" className="flex flex-col gap-2 rounded-sm bg-sunken p-3 text-sm">
      <p className="flex items-center gap-2 font-medium">
        <FlaskConical aria-hidden className="size-4 shrink-0" />
        {t("dryRun.result", { matched: result.matched, looked: result.looked })}
      </p>
      {result.samples.length > 0 ? (
        <ul className="flex flex-col gap-1.5">
          {result.samples.slice(0, 8).map((sample) => (
            <li key={`${sample.conversationId}:${sample.at}`} className="flex min-w-0 items-baseline gap-2">
              <Link href={conversationAddress(sample.conversationId)} className="shrink-0 underline underline-offset-2">
                {sample.customerName ?? t("anonymous")}
              </Link>
              <span className="min-w-0 flex-1 truncate text-ink-muted">{sample.text}</span>
              <DateTime date={sample.at} className="shrink-0 text-ink-subtle text-xs" />
            </li>
          ))}
        </ul>
      ) : null}
      <p className="text-ink-subtle text-xs">{t("dryRun.hint")}</p>
    </section>
  );
}
