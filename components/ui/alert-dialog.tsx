"use client";

import { useTranslations } from "next-intl";
import { AlertDialog as AlertDialogPrimitive } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./button";
import { cn } from "./class-names";
import { overlayClasses } from "./dialog";
import { floatingClasses } from "./floating-classes";
import { PortalOutlet, PortalPlace } from "./portal-place";

export interface AlertDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  /** What will happen, in plain words. */
  body: ReactNode;
  /** The action's own verb ("Delete 3 entries"), never just "OK" for what destroys. */
  confirmLabel?: ReactNode;
  cancelLabel?: ReactNode;
  danger?: boolean;
  onConfirm: () => void;
}

/** Asks before something that cannot easily be taken back. Focus starts on cancel. */
export function AlertDialog({
  open,
  onOpenChange,
  title,
  body,
  confirmLabel,
  cancelLabel,
  danger = false,
  onConfirm,
}: AlertDialogProps) {
  const t = useTranslations("common");
  return (
    <AlertDialogPrimitive.Root open={open} onOpenChange={onOpenChange}>
      <AlertDialogPrimitive.Portal>
        <AlertDialogPrimitive.Overlay className={overlayClasses} />
        <AlertDialogPrimitive.Content
          className={cn(
            floatingClasses,
            "fixed inset-x-4 bottom-4 mx-auto max-w-md p-5 md:top-[20dvh] md:bottom-auto md:h-fit",
          )}
        >
          <AlertDialogPrimitive.Title className="text-lg font-semibold">{title}</AlertDialogPrimitive.Title>
          <AlertDialogPrimitive.Description asChild>
            <div className="mt-1.5 text-base text-ink-muted">
              <PortalPlace>
                {body}
                <PortalOutlet />
              </PortalPlace>
            </div>
          </AlertDialogPrimitive.Description>
          <div className="mt-5 flex justify-end gap-2 max-sm:*:flex-1">
            <AlertDialogPrimitive.Cancel asChild>
              <Button>{cancelLabel ?? t("cancel")}</Button>
            </AlertDialogPrimitive.Cancel>
            <AlertDialogPrimitive.Action asChild>
              <Button variant={danger ? "danger" : "primary"} onClick={onConfirm}>
                {confirmLabel ?? t("confirm")}
              </Button>
            </AlertDialogPrimitive.Action>
          </div>
        </AlertDialogPrimitive.Content>
      </AlertDialogPrimitive.Portal>
    </AlertDialogPrimitive.Root>
  );
}
