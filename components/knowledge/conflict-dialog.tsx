"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import type { Entry } from "@/lib/knowledge/schema";
import { differences, draftOf, type EntryDraft } from "./entry-draft";
import { useFieldText } from "./entry-names";

export interface ConflictDialogProps {
  theirs: Entry;
  mine: EntryDraft;
  onChoose: (keepMine: boolean) => void;
}

/** Somebody saved in between: both versions side by side, field by field, and a choice. Closing it is no choice. */
export function ConflictDialog({ theirs, mine, onChoose }: ConflictDialogProps) {
  const t = useTranslations("admin-knowledge.editor");
  const page = useTranslations("admin-knowledge");
  const textOf = useFieldText();
  const saved = draftOf(theirs);
  const fields = differences(saved, mine);
  return (
    <Dialog open>
      <DialogContent width="xl" title={t("conflictTitle")} description={t("conflictBody")}>
        <DialogBody>
          <div className="flex flex-col gap-4">
            {fields.map((field) => (
              <section key={field} className="flex flex-col gap-1.5">
                <h3 className="font-medium text-sm">{page(`fields.${field}`)}</h3>
                <div className="grid gap-2 md:grid-cols-2">
                  {[
                    { label: t("theirs"), text: textOf(field, saved) },
                    { label: t("mine"), text: textOf(field, mine) },
                  ].map(({ label, text }) => (
                    <div key={label} className="min-w-0 rounded-sm border border-line bg-surface p-3">
                      <p className="mb-1 text-ink-subtle text-xs">{label}</p>
                      <p className="max-h-60 overflow-y-auto whitespace-pre-wrap">{text}</p>
                    </div>
                  ))}
                </div>
              </section>
            ))}
            {fields.length === 0 ? <p className="text-ink-muted">{t("same")}</p> : null}
          </div>
        </DialogBody>
        <DialogFooter>
          <Button onClick={() => onChoose(false)}>{t("keepTheirs")}</Button>
          <Button variant="primary" onClick={() => onChoose(true)}>
            {t("keepMine")}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
