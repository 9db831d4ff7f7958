"use client";

import { CloudAlert, RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export interface FailureScreenProps {
  error: unknown;
  onRetry: () => void;
}

function referenceOf(error: unknown): string | undefined {
  const digest = typeof error === "object" && error !== null && "digest" in error ? error.digest : undefined;
  return typeof digest === "string" ? digest : undefined;
}

/** What an error boundary shows: what happened, a way to try again, the reference that the server logged. */
export function FailureScreen({ error, onRetry }: FailureScreenProps) {
  const t = useTranslations("shell.failure");
  const common = useTranslations("common");
  const reference = referenceOf(error);
  return (
    <main role="alert" className="flex h-full min-h-80 items-center justify-center">
      <EmptyState
        icon={<CloudAlert aria-hidden />}
        heading="h1"
        title={<span className="text-lg">{t("title")}</span>}
        body={
          <>
            {t("body")}
            {reference ? <code className="mt-2 block font-mono text-xs">{t("reference", { reference })}</code> : null}
          </>
        }
        action={
          <>
            <Button variant="primary" onClick={onRetry}>
              <RotateCw aria-hidden />
              {common("retry")}
            </Button>
            <Button asChild>
              {/* A whole load: what the page holds may be what broke. */}
              <a href="/">{t("home")}</a>
            </Button>
          </>
        }
      />
    </main>
  );
}
