"use client";

import { useTranslations } from "next-intl";
import { Checkbox } from "./checkbox";
import { cn } from "./class-names";
import { DataTableBody } from "./data-table-body";
import { columnClasses, type DataTableProps } from "./data-table-columns";
import { ScrollArea } from "./scroll-area";
import { type SortDirection, Table, TableHead, TableHeader } from "./table";

function nextDirection(current: SortDirection | undefined): SortDirection {
  return current === "ascending" ? "descending" : "ascending";
}

/** A table with everything around it: toolbar, sorting, selection, loading, empty and error states, footer. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowKey, sort, onSort, selection, loading, toolbar, footer, className } = props;
  const t = useTranslations("common");
  const selected = rows.filter((row) => selection?.keys.has(rowKey(row))).length;
  const checked = selected > 0 && selected === rows.length ? true : selected > 0 ? "indeterminate" : false;
  return (
    <div className={cn("flex min-h-0 flex-col overflow-hidden rounded-md border border-line bg-surface", className)}>
      {toolbar}
      <ScrollArea label={label} aria-busy={loading || undefined} className="flex-1">
        <Table aria-label={label}>
          <TableHeader>
            <tr>
              {selection ? (
                <TableHead className="w-10 pr-0">
                  <Checkbox
                    aria-label={t("table.selectAll")}
                    checked={checked}
                    onCheckedChange={(all) => selection.onChange(new Set(all === true ? rows.map(rowKey) : []))}
                  />
                </TableHead>
              ) : null}
              {columns.map((column) => {
                const direction = sort?.column === column.id ? sort.direction : undefined;
                const name = column.label ?? (typeof column.header === "string" ? column.header : column.id);
                return (
                  <TableHead
                    key={column.id}
                    className={columnClasses(column)}
                    {...(column.sortable && onSort
                      ? {
                          sort: {
                            direction,
                            label: t("table.sortBy", { column: name }),
                            onSort: () => onSort({ column: column.id, direction: nextDirection(direction) }),
                          },
                        }
                      : {})}
                  >
                    {column.header}
                  </TableHead>
                );
              })}
            </tr>
          </TableHeader>
          <DataTableBody {...props} />
        </Table>
      </ScrollArea>
      {footer}
    </div>
  );
}
