"use client";

import { Clock } from "lucide-react";
import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { cn } from "@/components/ui/class-names";
import { useNow } from "@/components/ui/clock";
import { formatClock } from "@/lib/i18n/format";

let second = 0;
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function tick(): void {
  second = Date.now();
  for (const listener of listeners) {
    listener();
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    second = Date.now();
    timer = setInterval(tick, 1_000);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

const LONG_SECONDS = 60;
const TOO_LONG_SECONDS = 180;

/** How long the customer has been waiting, running; it turns warm after a minute and red after three. */
export function WaitingTime({ since, className }: { since: string; className?: string }) {
  const t = useTranslations("desk.list");
  const rendered = useNow();
  const running = useSyncExternalStore(
    subscribe,
    () => second,
    () => 0,
  );
  const seconds = Math.max(0, ((running || rendered) - Date.parse(since)) / 1_000);
  const time = formatClock(seconds);
  return (
    <span
      title={t("waiting", { time })}
      className={cn(
        "inline-flex shrink-0 items-center gap-1 rounded-xs px-1 text-2xs leading-4.5 font-medium tabular-nums",
        seconds >= TOO_LONG_SECONDS
          ? "bg-danger-soft text-danger-ink"
          : seconds >= LONG_SECONDS
            ? "bg-warning-soft text-warning-ink"
            : "bg-sunken text-ink-muted",
        className,
      )}
    >
      <Clock aria-hidden className="size-3" />
      <span className="sr-only">{t("waiting", { time: "" })}</span>
      {time}
    </span>
  );
}
