"use client";

import { WifiOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useSyncExternalStore } from "react";
import { useAnnounce } from "./live-region";

function subscribe(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}

/** True while the browser says that it has a network. A realtime connection knows better: OfflineBanner takes its word. */
export function useOnline(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );
}

/** Says that the connection is gone. `connected` is the realtime connection's state, where a page has one. */
export function OfflineBanner({ connected = true }: { connected?: boolean }) {
  const t = useTranslations("shell");
  const announce = useAnnounce();
  const online = useOnline() && connected;
  useEffect(() => {
    if (!online) {
      announce(t("offline"), "assertive");
      return () => announce(t("backOnline"));
    }
    return undefined;
  }, [online, announce, t]);
  return online ? null : (
    <div className="flex items-center justify-center gap-2 border-b border-line bg-warning-soft px-4 py-1.5 text-sm text-warning-ink">
      <WifiOff aria-hidden className="size-4 shrink-0" />
      {t("offline")}
    </div>
  );
}
