"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PresenceDot } from "@/components/ui/avatar";
import { cn } from "@/components/ui/class-names";
import type { LiveNumbers } from "@/lib/analytics/contracts";
import { LiveWait } from "./live-wait";

/** From this many seconds on a wait is late, and from the second it is bad (half of what customers leave after). */
const LATE_SECONDS = 60;
const BAD_SECONDS = 180;

/** Where the desk shows who waits. */
const QUEUE = "/desk?tab=queued";

type Tone = "plain" | "warning" | "danger";

const TONES: Record<Tone, string> = {
  plain: "text-ink",
  warning: "text-warning-ink",
  danger: "text-danger-ink",
};

function Figure({
  label,
  hint,
  tone = "plain",
  href,
  children,
}: {
  label: string;
  hint: ReactNode;
  /** Where those that are counted can be seen. */
  href?: string;
  tone?: Tone;
  children: ReactNode;
}) {
  return (
    <div className={cn("relative flex min-w-0 flex-col gap-0.5 bg-surface p-4", href && "hover:bg-hover")}>
      <dt className="truncate text-ink-muted text-sm">
        {href ? (
          <Link href={href} className="rounded-xs after:absolute after:inset-0 hover:text-ink">
            {label}
          </Link>
        ) : (
          label
        )}
      </dt>
      <dd className="contents">
        <span className={cn("flex h-10 items-center font-semibold text-3xl tracking-tight", TONES[tone])}>
          {children}
        </span>
        <span className="text-pretty text-ink-subtle text-xs">{hint}</span>
      </dd>
    </div>
  );
}

function Load({ open, capacity, label }: { open: number; capacity: number; label: string }) {
  const share = capacity === 0 ? 0 : Math.min(1, open / capacity);
  return (
    <>
      <span className="sr-only">{label}</span>
      <span aria-hidden className="mt-1 mb-1.5 block h-1.5 w-full overflow-hidden rounded-full bg-sunken">
        <span
          className={cn(
            "block h-full rounded-full transition-[width]",
            share >= 1 ? "bg-danger" : share >= 0.8 ? "bg-warning" : "bg-accent",
          )}
          style={{ width: `${share * 100}%` }}
        />
      </span>
    </>
  );
}

/** What is going on this minute: waiting, longest wait, who is online, how full they are (ui.md, Admin). */
export function Wallboard({ numbers }: { numbers: LiveNumbers }) {
  const t = useTranslations("admin.dashboard");
  const { waiting, longestWaitSeconds, agents, open, capacity, withBot, visitors } = numbers;
  const wait = longestWaitSeconds ?? 0;
  const tone: Tone =
    waiting === 0 ? "plain" : wait >= BAD_SECONDS ? "danger" : wait >= LATE_SECONDS ? "warning" : "plain";
  const free = Math.max(0, capacity - open);
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-md border border-line bg-line md:grid-cols-3 xl:grid-cols-6">
      <Figure label={t("waiting")} href={QUEUE} tone={tone} hint={waiting === 0 ? t("waitingNone") : t("waitingHint")}>
        <span data-testid="waiting">{waiting}</span>
      </Figure>
      <Figure
        label={t("longestWait")}
        href={QUEUE}
        tone={tone}
        hint={waiting === 0 ? t("longestWaitNone") : t("longestWaitHint")}
      >
        {longestWaitSeconds === null ? t("noValue") : <LiveWait seconds={longestWaitSeconds} at={numbers.at} />}
      </Figure>
      <Figure
        label={t("online")}
        href="/admin/agents"
        tone={waiting > 0 && agents.online === 0 ? "danger" : "plain"}
        hint={t("onlineHint", { away: agents.away, offline: agents.offline })}
      >
        <PresenceDot presence={agents.online > 0 ? "online" : "offline"} className="mr-2" />
        {agents.online}
      </Figure>
      <Figure
        label={t("load")}
        href="/desk?tab=all"
        hint={
          <>
            <Load open={open} capacity={capacity} label={t("loadLabel", { open, capacity })} />
            {agents.online === 0 ? t("loadNobody") : free === 0 ? t("loadFull") : t("loadHint", { free })}
          </>
        }
      >
        {open}
        <span className="whitespace-pre font-normal text-ink-subtle text-lg">{` / ${capacity}`}</span>
      </Figure>
      <Figure label={t("withBot")} href="/desk?tab=all" hint={t("withBotHint")}>
        {withBot}
      </Figure>
      <Figure label={t("visitors")} hint={t("visitorsHint", { today: visitors.today, total: visitors.total })}>
        {visitors.online ?? t("noValue")}
      </Figure>
    </dl>
  );
}
