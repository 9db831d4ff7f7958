"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogFooter } from "@/components/ui/dialog";

/** Somebody else saved in between: theirs or mine. */
export function StaleChannelDialog({ open, onSettle }: { open: boolean; onSettle: (keepMine: boolean) => void }) {
  const t = useTranslations("admin-channels");
  return open ? (
    <Dialog open>
      <DialogContent title={t("staleTitle")} description={t("staleBody")}>
        <DialogFooter className="mt-4">
          <Button onClick={() => onSettle(false)}>{t("staleReload")}</Button>
          <Button variant="primary" onClick={() => onSettle(true)}>
            {t("staleOverwrite")}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  ) : null;
}
