"use client";

import { CircleCheck, CircleX, Send } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import type { z } from "zod";
import { useRequest } from "@/components/settings/use-request";
import { Button } from "@/components/ui/button";
import { testAlerts } from "@/lib/notifications/alert-contracts";

type Outcome = z.output<typeof testAlerts.result>["items"][number];

/** Says a test sentence to every robot and mailbox that is saved, and shows what each answered. */
export function TestAlerts() {
  const t = useTranslations("alerts");
  const { call, explain } = useRequest();
  const [busy, setBusy] = useState(false);
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>();

  async function test(): Promise<void> {
    setBusy(true);
    await call(testAlerts, { body: {} }).then(
      ({ items }) => setOutcomes(items),
      (error: unknown) => toast.error(explain(error)),
    );
    setBusy(false);
  }

  return (
    <div className="flex flex-col gap-2 text-sm">
      <div className="flex flex-wrap items-center gap-3">
        <Button loading={busy} onClick={() => void test()}>
          <Send aria-hidden />
          {t("sendTest")}
        </Button>
        <span className="text-ink-muted">{t("sendTestHelp")}</span>
      </div>
      <ul aria-live="polite" className="flex flex-col gap-1">
        {outcomes?.length === 0 ? <li className="text-ink-muted">{t("noSink")}</li> : null}
        {outcomes?.map(({ sink, ok, detail }) => (
          <li key={sink} className="flex items-start gap-2">
            {ok ? (
              <CircleCheck role="img" aria-label={t("arrived")} className="mt-0.5 size-4 shrink-0 text-success-ink" />
            ) : (
              <CircleX role="img" aria-label={t("refused")} className="mt-0.5 size-4 shrink-0 text-danger-ink" />
            )}
            <span className="min-w-0 break-words">
              {t(`sinks.${sink}`)} {ok ? null : <span className="text-ink-muted">{detail}</span>}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
