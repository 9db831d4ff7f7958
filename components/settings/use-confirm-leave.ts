"use client";

import { useTranslations } from "next-intl";
import { useConfirm } from "@/components/ui/confirm";

/** Asks whether what was typed may be lost. @returns true at once when there is nothing to lose */
export function useConfirmLeave(): (dirty: boolean) => Promise<boolean> {
  const t = useTranslations("common");
  const confirm = useConfirm();
  return async (dirty) =>
    !dirty ||
    confirm({
      title: t("unsavedTitle"),
      body: t("unsavedBody"),
      confirmLabel: t("leave"),
      cancelLabel: t("stay"),
      danger: true,
    });
}
