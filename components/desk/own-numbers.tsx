"use client";

import { ChartNoAxesColumn } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { Skeleton } from "@/components/ui/skeleton";
import { Tooltip } from "@/components/ui/tooltip";
import { getOwnNumbers, type OwnNumbers as Numbers } from "@/lib/analytics/own-contracts";
import { formatDuration, formatNumber } from "@/lib/i18n/format";
import { useDesk } from "./desk-provider";

/** How often the numbers are asked for anew while they are in sight, in milliseconds. */
const EVERY = 15_000;

function useOwnNumbers(): { numbers: Numbers | undefined; failed: boolean; retry: () => void } {
  const { call } = useDesk();
  const [numbers, setNumbers] = useState<Numbers>();
  const [failed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: an attempt is a reason to ask again
  useEffect(() => {
    let gone = false;
    async function ask(): Promise<void> {
      try {
        const found = await call(getOwnNumbers, {});
        if (!gone) {
          setNumbers(found);
          setFailed(false);
        }
      } catch {
        // What is shown stays; only with nothing to show it is said.
        setFailed(true);
      }
    }
    ask();
    const timer = setInterval(ask, EVERY);
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, [call, attempt]);
  return { numbers, failed, retry: () => setAttempt((count) => count + 1) };
}

function Figures() {
  const t = useTranslations("desk.own");
  const locale = useLocale();
  const { numbers, failed, retry } = useOwnNumbers();
  if (numbers === undefined) {
    return failed ? <ErrorState onRetry={retry} compact /> : <Skeleton className="h-32 w-full" />;
  }
  const none = t("none");
  const lines = [
    [t("open"), t("ofCapacity", { count: numbers.open, capacity: numbers.capacity })],
    [
      t("waiting"),
      numbers.longestWaitSeconds === null
        ? String(numbers.waiting)
        : t("longest", { count: numbers.waiting, time: formatDuration(numbers.longestWaitSeconds, locale) }),
    ],
    [t("resolved"), formatNumber(numbers.resolvedToday, locale)],
    [
      t("firstResponse"),
      numbers.firstResponseSeconds === null ? none : formatDuration(numbers.firstResponseSeconds, locale),
    ],
    [
      t("satisfaction"),
      numbers.satisfaction === null
        ? none
        : t("stars", {
            stars: formatNumber(Math.round(numbers.satisfaction * 10) / 10, locale),
            count: numbers.ratings,
          }),
    ],
  ] as const;
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 text-sm">
      {lines.map(([label, value]) => (
        <div key={label} className="contents">
          <dt className="text-ink-muted">{label}</dt>
          <dd className="text-right font-medium tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The agent's own day at a glance: load, the line, what was done and how it was liked. */
export function OwnNumbers() {
  const t = useTranslations("desk.own");
  return (
    <Popover>
      <Tooltip side="right" content={t("title")}>
        <PopoverTrigger asChild>
          <Button variant="ghost" className="px-2 md:w-full" aria-label={t("title")}>
            <ChartNoAxesColumn aria-hidden />
            <span aria-hidden className="md:hidden lg:group-data-[rail=wide]/rail:inline max-md:sr-only">
              {t("title")}
            </span>
          </Button>
        </PopoverTrigger>
      </Tooltip>
      <PopoverContent side="bottom" align="start" aria-label={t("title")} className="w-72 p-4">
        <h2 className="pb-3 font-semibold">{t("title")}</h2>
        <Figures />
      </PopoverContent>
    </Popover>
  );
}
