import Link from "next/link";
import { useLocale } from "next-intl";
import type { ReactNode } from "react";
import { Card, CardBody, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { formatNumber } from "@/lib/i18n/format";

/** One plot or list with what it shows. */
export function PlotCard({
  title,
  hint,
  aside,
  className,
  children,
}: {
  title: string;
  hint: string;
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  return (
    <Card className={cn("flex min-w-0 flex-col", className)}>
      <CardHeader>
        <div>
          <CardTitle>{title}</CardTitle>
          <CardDescription>{hint}</CardDescription>
        </div>
        {aside}
      </CardHeader>
      <CardBody className="flex-1">{children}</CardBody>
    </Card>
  );
}

export interface ShareRow {
  readonly key: string;
  readonly label: ReactNode;
  readonly count: number;
  /** Where it opens into what it counts. */
  readonly href?: string;
}

/** Counts as bars beside their names. */
export function Shares({ rows, tone }: { rows: readonly ShareRow[]; tone: string }) {
  const locale = useLocale();
  const most = Math.max(1, ...rows.map((row) => row.count));
  return (
    <ul className="flex flex-col gap-2">
      {rows.map((row) => (
        <li key={row.key} className="grid grid-cols-[minmax(6rem,9rem)_1fr_2.5rem] items-center gap-2 text-sm">
          <span className="truncate text-ink-muted" title={typeof row.label === "string" ? row.label : undefined}>
            {row.href && row.count > 0 ? (
              <Link
                href={row.href}
                className="rounded-xs hover:text-ink hover:underline touch:inline-flex touch:min-h-11 touch:items-center"
              >
                {row.label}
              </Link>
            ) : (
              row.label
            )}
          </span>
          <span aria-hidden className="h-2 overflow-hidden rounded-full bg-sunken">
            <span className={cn("block h-full rounded-full", tone)} style={{ width: `${(row.count / most) * 100}%` }} />
          </span>
          <span className="text-right">{formatNumber(row.count, locale)}</span>
        </li>
      ))}
    </ul>
  );
}
