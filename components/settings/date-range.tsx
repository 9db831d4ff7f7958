"use client";

import { useId } from "react";
import { Input } from "@/components/ui/input";

export interface DateRangeProps {
  /** First and last day, YYYY-MM-DD; undefined while none is chosen. */
  from: string | undefined;
  to: string | undefined;
  labels: { readonly from: string; readonly to: string };
  /** The one that was changed; undefined when it was emptied. */
  onChange: (change: { readonly from?: string | undefined; readonly to?: string | undefined }) => void;
}

/** Two days that bound each other. */
export function DateRange({ from, to, labels, onChange }: DateRangeProps) {
  const id = useId();
  return (["from", "to"] as const).map((name) => (
    <span key={name} className="flex items-center gap-1.5 text-sm">
      <label htmlFor={`${id}-${name}`} className="text-ink-muted">
        {labels[name]}
      </label>
      <Input
        id={`${id}-${name}`}
        type="date"
        className="w-38"
        value={(name === "from" ? from : to) ?? ""}
        max={name === "from" ? to : undefined}
        min={name === "to" ? from : undefined}
        onChange={(event) => onChange({ [name]: event.target.value || undefined })}
      />
    </span>
  ));
}
