import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";

/** Rows under a header that stays in sight. Put it in a ScrollArea, whose height bounds it. */
export function Table({ className, ...props }: ComponentProps<"table">) {
  return <table {...props} className={cn("w-full border-separate border-spacing-0 text-base", className)} />;
}

export function TableHeader({ className, ...props }: ComponentProps<"thead">) {
  return <thead {...props} className={cn("sticky top-0 z-10", className)} />;
}

export function TableBody(props: ComponentProps<"tbody">) {
  return <tbody {...props} />;
}

export function TableRow({ className, ...props }: ComponentProps<"tr">) {
  return <tr {...props} className={cn("group/row data-[state=selected]:*:bg-selected hover:*:bg-hover", className)} />;
}

export function TableCell({ className, ...props }: ComponentProps<"td">) {
  return (
    <td
      {...props}
      className={cn(
        "h-11 border-b border-line px-3 py-1.5 align-middle transition-colors group-last/row:border-b-0",
        className,
      )}
    />
  );
}

export type SortDirection = "ascending" | "descending";

export interface TableHeadProps extends Omit<ComponentProps<"th">, "onClick"> {
  /** Present on a column that can be sorted; undefined while another column sorts. */
  sort?: { direction: SortDirection | undefined; onSort: () => void; label: string };
  children?: ReactNode;
}

const headClasses =
  "h-9 whitespace-nowrap border-b border-line bg-surface px-3 text-left text-xs font-medium text-ink-subtle";

export function TableHead({ sort, className, children, ...props }: TableHeadProps) {
  if (sort === undefined) {
    return (
      <th scope="col" {...props} className={cn(headClasses, className)}>
        {children}
      </th>
    );
  }
  const Icon = sort.direction === undefined ? ChevronsUpDown : sort.direction === "ascending" ? ArrowUp : ArrowDown;
  return (
    <th scope="col" aria-sort={sort.direction ?? "none"} {...props} className={cn(headClasses, "px-1.5", className)}>
      <button
        type="button"
        title={sort.label}
        onClick={sort.onSort}
        className={cn(
          "inline-flex h-7 items-center gap-1 rounded-xs px-1.5 hover:bg-hover hover:text-ink touch:h-11",
          sort.direction !== undefined && "text-ink",
        )}
      >
        {children}
        <Icon aria-hidden className={cn("size-3.5", sort.direction === undefined && "opacity-60")} />
      </button>
    </th>
  );
}
