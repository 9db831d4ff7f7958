"use client";

import { useTranslations } from "next-intl";
import type { MouseEvent } from "react";
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

function withKey(keys: ReadonlySet<string>, key: string, chosen: boolean): ReadonlySet<string> {
  return new Set(chosen ? [...keys, key] : [...keys].filter((other) => other !== key));
}

type DataRowProps<Row> = Pick<DataTableProps<Row>, "columns" | "rowKey" | "selection" | "onOpen"> & { row: Row };

function DataRow<Row>({ row, columns, rowKey, selection, onOpen }: DataRowProps<Row>) {
  const t = useTranslations("common");
  const key = rowKey(row);
  const selected = selection?.keys.has(key) ?? false;
  // A press on a control inside the row means that control, not the row.
  const open = (event: MouseEvent) => (event.target as Element).closest(INTERACTIVE) === null && onOpen?.(row);
  return (
    <TableRow
      data-state={selected ? "selected" : undefined}
      aria-selected={selection ? selected : undefined}
      className={cn(onOpen && "cursor-pointer")}
      onClick={onOpen ? open : undefined}
    >
      {selection ? (
        <TableCell className="w-10 pr-0">
          <Checkbox
            aria-label={t("table.selectRow")}
            checked={selected}
            onCheckedChange={(checked) => selection.onChange(withKey(selection.keys, key, checked === true))}
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
}

/** The rows of a DataTable, or what stands in their place while there are none. */
export function DataTableBody<Row>(props: DataTableProps<Row>) {
  const { columns, rows, rowKey, selection, onOpen, loading = false, error, empty } = props;
  if (error || (rows.length === 0 && !loading)) {
    return (
      <TableBody>
        <tr>
          <td colSpan={columns.length + (selection ? 1 : 0)}>{error || empty}</td>
        </tr>
      </TableBody>
    );
  }
  return (
    <TableBody>
      {rows.length === 0 ? (
        <LoadingRows columns={columns} selection={selection} />
      ) : (
        rows.map((row) => (
          <DataRow
            key={rowKey(row)}
            row={row}
            columns={columns}
            rowKey={rowKey}
            selection={selection}
            onOpen={onOpen}
          />
        ))
      )}
    </TableBody>
  );
}
