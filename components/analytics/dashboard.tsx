"use client";

import { useTranslations } from "next-intl";
import type { RealtimeSettings } from "@/components/realtime/connection";
import { PageFrame } from "@/components/settings/page-frame";
import { cn } from "@/components/ui/class-names";
import { RelativeTime } from "@/components/ui/relative-time";
import type { LiveNumbers } from "@/lib/analytics/contracts";
import { DashboardLists } from "./dashboard-lists";
import { Plots } from "./plots";
import { TodayTiles } from "./today-tiles";
import { useLiveNumbers } from "./use-live-numbers";
import { Wallboard } from "./wallboard";

export interface DashboardProps {
  initial: LiveNumbers;
  merchantId: string;
  realtime: RealtimeSettings;
  mayAddAgents: boolean;
  mayWriteKnowledge: boolean;
}

/** The admin's first page: what is going on now, how today goes, what the last days were like. */
export function Dashboard({ initial, merchantId, realtime, mayAddAgents, mayWriteKnowledge }: DashboardProps) {
  const t = useTranslations("admin.dashboard");
  const { numbers, stale, connected } = useLiveNumbers(initial, merchantId, realtime);
  return (
    <PageFrame
      title={t("title")}
      description={t("description")}
      actions={
        <span className="inline-flex items-center gap-2 text-ink-muted text-sm">
          <span
            aria-hidden
            className={cn("size-2 rounded-full", connected ? "bg-presence-online" : "animate-breathe bg-presence-away")}
          />
          <span aria-live="polite">{connected ? t("live") : t("reconnecting")}</span>
          <span aria-hidden>·</span>
          <span>
            {t("updated")} <RelativeTime date={numbers.at} />
          </span>
        </span>
      }
    >
      {stale ? (
        <p role="status" className="rounded-sm bg-warning-soft px-3 py-2 text-sm text-warning-ink">
          {t("stale")}
        </p>
      ) : null}
      <section aria-labelledby="now">
        <h2 id="now" className="sr-only">
          {t("now")}
        </h2>
        <Wallboard numbers={numbers} />
      </section>
      <section aria-labelledby="today" className="flex flex-col gap-2">
        <div className="flex items-baseline gap-2">
          <h2 id="today" className="font-semibold text-base">
            {t("today")}
          </h2>
          <p className="text-ink-subtle text-xs">{t("againstLastWeek")}</p>
        </div>
        <TodayTiles numbers={numbers} />
      </section>
      <Plots numbers={numbers} />
      <DashboardLists numbers={numbers} mayAddAgents={mayAddAgents} mayWriteKnowledge={mayWriteKnowledge} />
    </PageFrame>
  );
}
