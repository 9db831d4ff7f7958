"use client";

import { Star } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/class-names";

const PLACES = [1, 2, 3, 4, 5];

/** One to five stars. */
export function Stars({ count, className }: { count: number; className?: string }) {
  const t = useTranslations("admin");
  return (
    <span role="img" aria-label={t("stars", { count })} className={cn("inline-flex shrink-0", className)}>
      {PLACES.map((place) => (
        <Star
          key={place}
          aria-hidden
          className={cn("size-3.5", place <= count ? "fill-warning text-warning" : "text-line-strong")}
        />
      ))}
    </span>
  );
}
