"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog as DialogPrimitive } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { IconButton } from "./button";
import { cn } from "./class-names";
import { floatingClasses } from "./floating-classes";
import { PortalOutlet, PortalPlace } from "./portal-place";

export const Dialog = DialogPrimitive.Root;
export const DialogTrigger = DialogPrimitive.Trigger;
export const DialogClose = DialogPrimitive.Close;

export const overlayClasses =
  "fixed inset-0 z-50 bg-overlay data-[state=open]:animate-fade-in data-[state=closed]:animate-fade-out";

const WIDTHS = { sm: "max-w-sm", md: "max-w-lg", lg: "max-w-2xl", xl: "max-w-4xl" } as const;

export interface DialogContentProps extends Omit<ComponentProps<typeof DialogPrimitive.Content>, "title"> {
  title: ReactNode;
  /** One sentence under the title; say what the dialog is for when the title does not. */
  description?: ReactNode;
  hideTitle?: boolean;
  width?: keyof typeof WIDTHS;
}

/** The dialog's panel: title, a close button, content that scrolls. On a phone it rises from the bottom. */
export function DialogContent({
  title,
  description,
  hideTitle = false,
  width = "md",
  className,
  children,
  ...props
}: DialogContentProps) {
  const t = useTranslations("common");
  return (
    <DialogPrimitive.Portal>
      <DialogPrimitive.Overlay className={overlayClasses} />
      <DialogPrimitive.Content
        {...(description ? {} : { "aria-describedby": undefined })}
        {...props}
        className={cn(
          floatingClasses,
          "fixed inset-x-0 bottom-0 mx-auto flex max-h-[88dvh] w-full flex-col max-md:rounded-b-none max-md:pb-[env(safe-area-inset-bottom)]",
          "md:top-[12dvh] md:bottom-auto md:max-h-[76dvh]",
          WIDTHS[width],
          className,
        )}
      >
        <div className={cn("flex items-start justify-between gap-4 px-5 pt-4", hideTitle && "sr-only")}>
          <div>
            <DialogPrimitive.Title className="text-lg font-semibold">{title}</DialogPrimitive.Title>
            {description ? (
              <DialogPrimitive.Description className="mt-0.5 text-sm text-ink-muted">
                {description}
              </DialogPrimitive.Description>
            ) : null}
          </div>
          {hideTitle ? null : (
            <DialogPrimitive.Close asChild>
              <IconButton label={t("close")} className="-mr-2">
                <X aria-hidden />
              </IconButton>
            </DialogPrimitive.Close>
          )}
        </div>
        <PortalPlace>
          {children}
          <PortalOutlet />
        </PortalPlace>
      </DialogPrimitive.Content>
    </DialogPrimitive.Portal>
  );
}

export function DialogBody({ className, ...props }: ComponentProps<"div">) {
  return <div {...props} className={cn("min-h-0 flex-1 overflow-y-auto px-5 py-4", className)} />;
}

export function DialogFooter({ className, ...props }: ComponentProps<"div">) {
  return (
    <div
      {...props}
      className={cn("flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3 max-sm:*:flex-1", className)}
    />
  );
}
