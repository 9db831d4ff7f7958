import type { ReactNode } from "react";
import { cn } from "./class-names";
import type { SortDirection } from "./table";

export interface Column<Row> {
  id: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  /** The plain name, needed where `header` is not text and the column sorts. */
  label?: string;
  sortable?: boolean;
  align?: "start" | "end";
  /** Left out on narrower screens; what is left must still tell the rows apart. */
  hideBelow?: "md" | "lg" | "xl";
  className?: string;
}

export interface Sort {
  column: string;
  direction: SortDirection;
}

export interface Selection {
  keys: ReadonlySet<string>;
  onChange: (keys: ReadonlySet<string>) => void;
}

export interface DataTableProps<Row> {
  /** Names the table for screen readers. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  sort?: Sort | undefined;
  onSort?: ((sort: Sort) => void) | undefined;
  selection?: Selection | undefined;
  /** Opens a row by click; give the row's first cell a link or button too, for the keyboard. */
  onOpen?: ((row: Row) => void) | undefined;
  loading?: boolean;
  /** Shown in place of rows when there is an error. */
  error?: ReactNode;
  /** Shown when there is nothing; say what to do next. */
  empty: ReactNode;
  /** Search, filters, actions: a DataTableToolbar. */
  toolbar?: ReactNode;
  /** A Pager or LoadMore. */
  footer?: ReactNode;
  className?: string;
}

const HIDE_BELOW = { md: "max-md:hidden", lg: "max-lg:hidden", xl: "max-xl:hidden" } as const;

/** Classes that a column's header and cells share. */
export function columnClasses<Row>(column: Column<Row>): string {
  return cn(column.align === "end" && "text-right", column.hideBelow && HIDE_BELOW[column.hideBelow], column.className);
}
