"use client";

import { ArrowDownRight, ArrowUpRight, Minus } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { formatPercent } from "@/lib/i18n/format";
import { cn } from "./class-names";
import { Skeleton } from "./skeleton";
import { Sparkline } from "./sparkline";

export interface StatTileProps {
  label: string;
  /** Already formatted, unit included. */
  value: ReactNode;
  /** Share of change against the time before: 0.12 is 12 % more. Null where there is nothing to compare with. */
  change?: number | null;
  /** Which way is good news; waiting times are good when they fall. */
  goodWhen?: "up" | "down" | "neither";
  trend?: readonly number[];
  /** What the change is against, or what the figure counts. */
  hint?: ReactNode;
  loading?: boolean;
  /** Where the figure opens into what it counts. */
  href?: string | undefined;
  /** Stands out while something needs attention now. */
  tone?: "plain" | "warning" | "danger";
  className?: string;
}

function Change({ change, goodWhen }: { change: number; goodWhen: "up" | "down" | "neither" }) {
  const t = useTranslations("common");
  const locale = useLocale();
  const direction = change > 0.0005 ? "up" : change < -0.0005 ? "down" : "flat";
  const Icon = direction === "up" ? ArrowUpRight : direction === "down" ? ArrowDownRight : Minus;
  const good = direction === "flat" || goodWhen === "neither" ? undefined : direction === goodWhen;
  const percent = formatPercent(Math.abs(change), locale);
  return (
    <span
      className={cn(
        "inline-flex items-center gap-0.5 whitespace-nowrap text-xs font-medium",
        good === undefined ? "text-ink-muted" : good ? "text-success-ink" : "text-danger-ink",
      )}
    >
      <Icon aria-hidden className="size-3.5" />
      <span aria-hidden>{percent}</span>
      <span className="sr-only">{t(`trend.${direction}`, { percent })}</span>
    </span>
  );
}

const TONES = { plain: "text-ink", warning: "text-warning-ink", danger: "text-danger-ink" } as const;

/** One figure with its trend. All tiles of a row have the same height, loaded or not. */
export function StatTile({
  label,
  value,
  change,
  goodWhen = "up",
  trend,
  hint,
  loading = false,
  href,
  tone = "plain",
  className,
}: StatTileProps) {
  return (
    <div
      aria-busy={loading || undefined}
      className={cn(
        "relative flex min-w-0 flex-col rounded-md border border-line bg-surface px-4 pt-3 pb-3",
        href && "hover:border-line-strong",
        className,
      )}
    >
      <p className="text-sm text-ink-muted text-pretty">
        {href ? (
          <Link href={href} className="rounded-xs after:absolute after:inset-0 hover:text-ink">
            {label}
          </Link>
        ) : (
          label
        )}
      </p>
      <div className="mt-0.5 flex flex-wrap items-baseline gap-x-2">
        {loading ? (
          <Skeleton className="my-1 h-6.5 w-20" />
        ) : (
          <p className={cn("whitespace-nowrap text-2xl font-semibold tracking-tight max-sm:text-xl", TONES[tone])}>
            {value}
          </p>
        )}
        {loading || change === null || change === undefined ? null : <Change change={change} goodWhen={goodWhen} />}
      </div>
      {hint ? <p className="text-xs text-ink-subtle text-pretty">{hint}</p> : null}
      {trend ? <Sparkline values={loading ? [] : trend} className="mt-2" /> : null}
    </div>
  );
}
