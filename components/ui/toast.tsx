"use client";

import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Toaster as Sonner } from "sonner";
import { Spinner } from "./spinner";

/** Shows what `toast` of "sonner" says. One per page; AppShell has it. Errors people must act on belong in the page, not here. */
export function Toaster() {
  const t = useTranslations("shell");
  const common = useTranslations("common");
  return (
    <Sonner
      position="top-center"
      gap={8}
      visibleToasts={4}
      closeButton
      // Above the bottom navigation of a phone.
      mobileOffset={{ bottom: 72, left: 12, right: 12 }}
      containerAriaLabel={t("toasts")}
      icons={{
        success: <CircleCheck aria-hidden className="size-4 text-success" />,
        error: <CircleAlert aria-hidden className="size-4 text-danger" />,
        warning: <TriangleAlert aria-hidden className="size-4 text-warning" />,
        info: <Info aria-hidden className="size-4 text-info" />,
        loading: <Spinner silent />,
      }}
      toastOptions={{
        closeButtonAriaLabel: common("close"),
        classNames: {
          toast: "!rounded-md !border-0 !bg-raised !font-sans !text-ink !shadow-float !text-base !gap-2.5 !pr-11",
          description: "!text-ink-muted !text-sm",
          actionButton: "!h-7 !rounded-sm !bg-accent !text-on-accent !px-2 !text-sm",
          cancelButton: "!h-7 !rounded-sm !bg-sunken !text-ink !px-2 !text-sm",
          closeButton:
            "!top-1/2 !right-2 !left-auto !size-6 !-translate-y-1/2 !translate-x-0 !transform-none !rounded-sm !border-0 !bg-transparent !text-ink-subtle hover:!bg-hover touch:!size-9",
        },
      }}
    />
  );
}
