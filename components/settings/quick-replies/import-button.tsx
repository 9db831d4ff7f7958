"use client";

import { Upload } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { importQuickReplies } from "@/lib/conversations/quick-reply-contracts";
import type { ContractOutput } from "@/lib/platform/http/contract";
import { useRequest } from "../use-request";

type Report = ContractOutput<typeof importQuickReplies>;

/** Told row by row before the rest is only counted. */
const SHOWN = 20;

function ReportDialog({ report, onClose }: { report: Report; onClose: () => void }) {
  const t = useTranslations("quick-replies");
  const common = useTranslations("common");
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent
        title={t("importDone")}
        description={t("importCounts", { created: report.created, updated: report.updated })}
      >
        {report.refused.length > 0 ? (
          <DialogBody>
            <p className="pb-1 font-medium">{t("importRefused", { count: report.refused.length })}</p>
            <ul className="list-disc pl-5 text-sm text-ink-muted">
              {report.refused.slice(0, SHOWN).map(({ row, field }) => (
                <li key={row}>{t("importRow", { row, field })}</li>
              ))}
            </ul>
          </DialogBody>
        ) : null}
        <DialogFooter>
          <Button variant="primary" onClick={onClose}>
            {common("close")}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

/** Takes quick replies from a csv file, and says row by row what did not go in. */
export function ImportButton({ personal }: { personal: boolean }) {
  const t = useTranslations("quick-replies");
  const { call, explain } = useRequest();
  const router = useRouter();
  const picker = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [report, setReport] = useState<Report>();

  async function take(file: File): Promise<void> {
    setBusy(true);
    try {
      setReport(await call(importQuickReplies, { body: { csv: await file.text(), personal } }));
      router.refresh();
    } catch (error) {
      toast.error(explain(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <input
        ref={picker}
        type="file"
        accept=".csv,text/csv"
        hidden
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = "";
          if (file) {
            void take(file);
          }
        }}
      />
      <Button loading={busy} onClick={() => picker.current?.click()}>
        <Upload aria-hidden />
        {t("import")}
      </Button>
      {report ? <ReportDialog report={report} onClose={() => setReport(undefined)} /> : null}
    </>
  );
}
