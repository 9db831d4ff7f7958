"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { toast } from "sonner";
import { Button, type ButtonProps, IconButton } from "./button";

export interface CopyButtonProps extends Omit<ButtonProps, "onClick" | "value" | "children" | "asChild" | "loading"> {
  /** What lands on the clipboard. */
  value: string;
  /** Text on the button; only an icon without it. */
  children?: ReactNode;
}

const SHOWN_MILLISECONDS = 1_600;

export function CopyButton({ value, children, ...props }: CopyButtonProps) {
  const t = useTranslations("common");
  const [copied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setCopied(false), SHOWN_MILLISECONDS);
    } catch {
      // No permission, or a page without https: the person can still select the text.
      toast.error(t("copyFailed"));
    }
  }

  const icon = copied ? <Check aria-hidden className="text-success" /> : <Copy aria-hidden />;
  return (
    <>
      {children === undefined ? (
        <IconButton {...props} label={copied ? t("copied") : t("copy")} onClick={() => void copy()}>
          {icon}
        </IconButton>
      ) : (
        <Button {...props} onClick={() => void copy()}>
          {icon}
          {children}
        </Button>
      )}
      <span aria-live="polite" className="sr-only">
        {copied ? t("copied") : ""}
      </span>
    </>
  );
}
