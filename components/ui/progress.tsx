"use client";

import { Progress as ProgressPrimitive } from "radix-ui";
import { cn } from "./class-names";

export interface ProgressProps {
  /** 0–1, or null while the end is not known. */
  value: number | null;
  /** What is under way, for screen readers. */
  label: string;
  className?: string;
}

export function Progress({ value, label, className }: ProgressProps) {
  const share = value === null ? null : Math.min(1, Math.max(0, value));
  return (
    <ProgressPrimitive.Root
      value={share === null ? null : Math.round(share * 100)}
      aria-label={label}
      className={cn("h-1.5 w-full overflow-hidden rounded-full bg-sunken", className)}
    >
      <ProgressPrimitive.Indicator
        className={cn("h-full rounded-full bg-accent transition-[width]", share === null && "w-2/5 animate-breathe")}
        style={share === null ? undefined : { width: `${share * 100}%` }}
      />
    </ProgressPrimitive.Root>
  );
}
