"use client";

import { LogIn } from "lucide-react";
import { useTranslations } from "next-intl";
import { OfflineBanner } from "@/components/shell/offline-banner";
import { Button } from "@/components/ui/button";
import { addressOf } from "./address";
import { useDeskState } from "./desk-provider";
import { usePlace } from "./use-place";

/** A line across the top while something is wrong: no connection, or the session has ended. */
export function DeskBanner() {
  const t = useTranslations("desk.connection");
  const lost = useDeskState((state) => state.connection) === "lost";
  const signedOut = useDeskState((state) => state.signedOut);
  const place = usePlace();
  if (!signedOut) {
    return <OfflineBanner connected={!lost} />;
  }
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center justify-center gap-3 border-b border-line bg-danger-soft px-4 py-1.5 text-sm text-danger-ink"
    >
      {t("signedOut")}
      <Button asChild size="sm" variant="primary">
        <a href={`/login?callbackUrl=${encodeURIComponent(addressOf(place))}`}>
          <LogIn aria-hidden />
          {t("signIn")}
        </a>
      </Button>
    </div>
  );
}
