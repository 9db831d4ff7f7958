"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";

export interface SaveBarProps {
  dirty: boolean;
  saving: boolean;
  onSave: () => void;
  onReset: () => void;
}

/** Stays at the foot of a long form, so that saving is always in reach. */
export function SaveBar({ dirty, saving, onSave, onReset }: SaveBarProps) {
  const t = useTranslations("common");
  return (
    <div className="sticky bottom-0 z-20 -mx-4 -mb-4 mt-auto flex items-center justify-end gap-2 border-line border-t bg-canvas px-4 py-3 md:-mx-6 md:-mb-5 md:px-6">
      <span aria-live="polite" className="mr-auto text-ink-muted text-sm">
        {dirty ? t("unsavedTitle") : t("saved")}
      </span>
      <Button variant="ghost" disabled={!dirty || saving} onClick={onReset}>
        {t("cancel")}
      </Button>
      <Button variant="primary" disabled={!dirty} loading={saving} onClick={onSave}>
        {t("save")}
      </Button>
    </div>
  );
}
