"use client";

import { Select } from "@/components/ui/select";
import type { ListQuery } from "./use-list-query";

export interface FilterSelectProps {
  query: ListQuery;
  /** Its name in the address. */
  name: string;
  label: string;
  /** The choice that sets no filter. */
  all: string;
  options: readonly { readonly value: string; readonly label: string }[];
}

/** Radix's select takes no empty value; this one stands for "all". */
const ALL = "*";

/** One filter of a table, kept in the address. */
export function FilterSelect({ query, name, label, all, options }: FilterSelectProps) {
  return (
    <Select
      aria-label={label}
      className="w-auto min-w-28 max-w-44"
      value={query.get(name) ?? ALL}
      onValueChange={(value) => query.set({ [name]: value === ALL ? undefined : value })}
      options={[{ value: ALL, label: all }, ...options]}
    />
  );
}
