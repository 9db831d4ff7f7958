"use client";

import { useId } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import type { FieldControlProps } from "@/components/ui/field";

export interface ChoicesControlProps {
  control: FieldControlProps;
  label: string;
  value: readonly string[];
  options: readonly { readonly value: string; readonly label: string }[];
  disabled: boolean;
  onChange: (value: string[]) => void;
}

/** Any of some options; kept in the order of the options. */
export function ChoicesControl({ control, label, value, options, disabled, onChange }: ChoicesControlProps) {
  const id = useId();
  return (
    <fieldset
      aria-label={label}
      aria-describedby={control["aria-describedby"]}
      className="flex flex-wrap gap-x-5 gap-y-2"
    >
      {options.map((option) => (
        <span key={option.value} className="inline-flex items-center gap-2">
          <Checkbox
            id={`${id}-${option.value}`}
            checked={value.includes(option.value)}
            disabled={disabled}
            onCheckedChange={(checked) => {
              const kept = new Set(value);
              if (checked === true) {
                kept.add(option.value);
              } else {
                kept.delete(option.value);
              }
              onChange(options.flatMap((each) => (kept.has(each.value) ? [each.value] : [])));
            }}
          />
          <label htmlFor={`${id}-${option.value}`} className="text-sm">
            {option.label}
          </label>
        </span>
      ))}
    </fieldset>
  );
}
