"use client";

import { useTranslations } from "next-intl";
import { Checkbox } from "./checkbox";
import { cn } from "./class-names";
import { columnClasses, type DataTableProps } from "./data-table-columns";
import { Skeleton } from "./skeleton";
import { TableBody, TableCell, TableRow } from "./table";

const PLACEHOLDER_ROWS = ["a", "b", "c", "d", "e", "f"];
const INTERACTIVE = "a, button, input, select, textarea, [role=checkbox], [role=menuitem], [role=switch]";

function LoadingRows<Row>({ columns, selection }: Pick<DataTableProps<Row>, "columns" | "selection">) {
  return PLACEHOLDER_ROWS.map((row) => (
    <tr key={row}>
      {selection ? <TableCell /> : null}
      {columns.map((column) => (
        <TableCell key={column.id} className={columnClasses(column)}>
          <Skeleton className="h-3.5 w-3/4 max-w-40" />
        </TableCell>
      ))}
    </tr>
  ));
}

/** The rows of a DataTable, or what stands in their place while there are none. */
export function DataTableBody<Row>({
  columns,
  rows,
  rowKey,
  selection,
  onOpen,
  loading = false,
  error,
  empty,
}: DataTableProps<Row>) {
  const t = useTranslations("common");
  if (error || (rows.length === 0 && !loading)) {
    return (
      <TableBody>
        <tr>
          <td colSpan={columns.length + (selection ? 1 : 0)}>{error || empty}</td>
        </tr>
      </TableBody>
    );
  }
  if (rows.length === 0) {
    return (
      <TableBody>
        <LoadingRows columns={columns} selection={selection} />
      </TableBody>
    );
  }
  return (
    <TableBody>
      {rows.map((row) => {
        const key = rowKey(row);
        const selected = selection?.keys.has(key) ?? false;
        return (
          <TableRow
            key={key}
            data-state={selected ? "selected" : undefined}
            aria-selected={selection ? selected : undefined}
            className={cn(onOpen && "cursor-pointer")}
            onClick={
              onOpen
                ? (event) => {
                    // A press on a control inside the row means that control, not the row.
                    if (!(event.target as Element).closest(INTERACTIVE)) {
                      onOpen(row);
                    }
                  }
                : undefined
            }
          >
            {selection ? (
              <TableCell className="w-10 pr-0">
                <Checkbox
                  aria-label={t("table.selectRow")}
                  checked={selected}
                  onCheckedChange={(checked) => {
                    const keys = new Set(selection.keys);
                    if (checked === true) {
                      keys.add(key);
                    } else {
                      keys.delete(key);
                    }
                    selection.onChange(keys);
                  }}
                />
              </TableCell>
            ) : null}
            {columns.map((column) => (
              <TableCell key={column.id} className={columnClasses(column)}>
                {column.cell(row)}
              </TableCell>
            ))}
          </TableRow>
        );
      })}
    </TableBody>
  );
}
