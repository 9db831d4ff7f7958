"use client";

import { CloudAlert, RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "./button";
import { EmptyState } from "./empty-state";

export interface ErrorStateProps {
  title?: ReactNode;
  /** What happened and what to do, translated; a general text unless given. */
  body?: ReactNode;
  onRetry?: (() => void) | undefined;
  retrying?: boolean;
  compact?: boolean;
  className?: string;
}

/** A part of the page that did not load, announced to screen readers, with a way to try again. */
export function ErrorState({ title, body, onRetry, retrying = false, compact = false, className }: ErrorStateProps) {
  const t = useTranslations("common");
  return (
    <div role="alert" {...(className === undefined ? {} : { className })}>
      <EmptyState
        icon={<CloudAlert aria-hidden />}
        title={title ?? t("error.title")}
        body={body ?? t("error.body")}
        compact={compact}
        action={
          onRetry ? (
            <Button onClick={onRetry} loading={retrying}>
              <RotateCw aria-hidden />
              {t("retry")}
            </Button>
          ) : undefined
        }
      />
    </div>
  );
}
