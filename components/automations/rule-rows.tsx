"use client";

import { Plus, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { Button, IconButton } from "@/components/ui/button";
import type { Keyed } from "./rule-draft";

interface RuleRowsProps<Value> {
  title: string;
  /** In place of rows while there are none. */
  none?: string;
  addLabel: string;
  removeLabel: (number: number) => string;
  rows: readonly Keyed<Value>[];
  max: number;
  /** At least so many stay. */
  min?: number;
  aside?: ReactNode;
  onAdd: () => void;
  onChange: (rows: readonly Keyed<Value>[]) => void;
  children: (row: Keyed<Value>, index: number, replace: (value: Value) => void) => ReactNode;
}

/** A list of conditions or actions that grows and shrinks. */
export function RuleRows<Value>(props: RuleRowsProps<Value>) {
  const { title, none, addLabel, removeLabel, rows, max, min = 0, aside, onAdd, onChange, children } = props;
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 font-medium">{title}</legend>
      {aside}
      {rows.length === 0 && none ? <p className="text-ink-subtle text-sm">{none}</p> : null}
      {rows.map((row, index) => (
        <div key={row.key} className="flex items-start gap-1 rounded-sm border border-line p-2">
          <div className="min-w-0 flex-1">
            {children(row, index, (value) => onChange(rows.with(index, { ...row, value })))}
          </div>
          <IconButton
            label={removeLabel(index + 1)}
            disabled={rows.length <= min}
            onClick={() => onChange(rows.toSpliced(index, 1))}
          >
            <Trash2 aria-hidden />
          </IconButton>
        </div>
      ))}
      {rows.length < max ? (
        <Button variant="ghost" size="sm" className="self-start" onClick={onAdd}>
          <Plus aria-hidden />
          {addLabel}
        </Button>
      ) : null}
    </fieldset>
  );
}
