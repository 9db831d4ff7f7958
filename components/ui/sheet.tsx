"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog as DialogPrimitive } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { IconButton } from "./button";
import { cn } from "./class-names";
import { overlayClasses } from "./dialog";
import { PortalOutlet, PortalPlace } from "./portal-place";

export const Sheet = DialogPrimitive.Root;
export const SheetTrigger = DialogPrimitive.Trigger;
export const SheetClose = DialogPrimitive.Close;

const SIDES = {
  right: "inset-y-0 right-0 w-[min(26rem,92vw)] data-[state=open]:animate-sheet-right",
  left: "inset-y-0 left-0 w-[min(20rem,86vw)] data-[state=open]:animate-sheet-left",
  bottom: "inset-x-0 bottom-0 max-h-[86dvh] rounded-t-md data-[state=open]:animate-sheet-bottom",
} as const;

export interface SheetContentProps extends Omit<ComponentProps<typeof DialogPrimitive.Content>, "title"> {
  title: ReactNode;
  hideTitle?: boolean;
  side?: keyof typeof SIDES;
}

/** A panel that slides in from an edge: drawers on a phone, details beside a table. */
export function SheetContent({
  title,
  hideTitle = false,
  side = "right",
  className,
  children,
  ...props
}: SheetContentProps) {
  const t = useTranslations("common");
  return (
    <DialogPrimitive.Portal>
      <DialogPrimitive.Overlay className={overlayClasses} />
      <DialogPrimitive.Content
        aria-describedby={undefined}
        {...props}
        className={cn(
          "fixed z-50 flex flex-col bg-raised pb-[env(safe-area-inset-bottom)] text-ink shadow-float outline-none data-[state=closed]:animate-fade-out",
          SIDES[side],
          className,
        )}
      >
        <div
          className={cn(
            "flex h-12 shrink-0 items-center justify-between gap-4 border-b border-line pr-2 pl-4",
            hideTitle && "sr-only",
          )}
        >
          <DialogPrimitive.Title className="truncate text-base font-semibold">{title}</DialogPrimitive.Title>
          <DialogPrimitive.Close asChild>
            <IconButton label={t("close")}>
              <X aria-hidden />
            </IconButton>
          </DialogPrimitive.Close>
        </div>
        <PortalPlace>
          <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
          <PortalOutlet />
        </PortalPlace>
      </DialogPrimitive.Content>
    </DialogPrimitive.Portal>
  );
}
