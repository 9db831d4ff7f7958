"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button, IconButton } from "./button";

export interface PagerProps {
  /** Number of rows in all, where counting them is cheap. */
  total?: number;
  /** Rows are counted up to here; a larger total says "more than". */
  countedTo?: number;
  /** Undefined where there is no such page: keyset pages know their neighbours, not their number. */
  onPrevious?: (() => void) | undefined;
  onNext?: (() => void) | undefined;
  loading?: boolean;
}

function Total({ total, countedTo = Number.POSITIVE_INFINITY }: Pick<PagerProps, "total" | "countedTo">) {
  const t = useTranslations("common.table");
  if (total === undefined) {
    return null;
  }
  return total > countedTo ? t("rowsMore", { count: countedTo }) : t("rows", { count: total });
}

export function Pager({ total, countedTo, onPrevious, onNext, loading = false }: PagerProps) {
  const t = useTranslations("common");
  return (
    <nav className="flex min-h-11 items-center justify-between gap-2 border-t border-line px-3 py-1.5">
      <span className="text-sm text-ink-muted">
        <Total total={total} countedTo={countedTo} />
      </span>
      <div className="flex gap-1">
        <IconButton label={t("table.previousPage")} disabled={!onPrevious || loading} onClick={onPrevious}>
          <ChevronLeft aria-hidden />
        </IconButton>
        <IconButton label={t("table.nextPage")} disabled={!onNext || loading} onClick={onNext}>
          <ChevronRight aria-hidden />
        </IconButton>
      </div>
    </nav>
  );
}

/** For lists that only grow downwards. Nothing once the end is reached. */
export function LoadMore({
  onLoadMore,
  loading = false,
}: {
  onLoadMore?: (() => void) | undefined;
  loading?: boolean;
}) {
  const t = useTranslations("common");
  return onLoadMore ? (
    <div className="flex justify-center p-3">
      <Button loading={loading} onClick={onLoadMore}>
        {t("loadMore")}
      </Button>
    </div>
  ) : null;
}
