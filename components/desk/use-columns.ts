"use client";

import { useCallback, useState } from "react";
import { rememberPreference } from "@/components/shell/preference-cookie";
import { COLUMNS_COOKIE, type ColumnWidths, formatColumnWidths } from "./column-widths";

/** The columns' widths and how to change them; `remember` keeps them for the next visit. */
export function useColumns(initial: ColumnWidths) {
  const [columns, setColumns] = useState(initial);
  const change = useCallback((part: Partial<ColumnWidths>) => setColumns((before) => ({ ...before, ...part })), []);
  const remember = useCallback(
    () =>
      setColumns((now) => {
        rememberPreference(COLUMNS_COOKIE, formatColumnWidths(now));
        return now;
      }),
    [],
  );
  return { columns, change, remember };
}
