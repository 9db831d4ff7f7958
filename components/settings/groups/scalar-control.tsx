"use client";

import type { FieldControlProps } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { Textarea } from "@/components/ui/textarea";
import type { FieldShape } from "@/lib/settings/schema";
import { asText } from "./field-values";

export interface ScalarControlProps {
  control: FieldControlProps;
  field: FieldShape;
  value: unknown;
  /** Names of the options, by value. */
  optionLabel: (value: string) => string;
  disabled: boolean;
  onChange: (value: unknown) => void;
}

const INPUT_TYPE = { time: "time", date: "date" } as const;

function NumberInput({ control, field, value, disabled, onChange }: ScalarControlProps) {
  return (
    <Input
      {...control}
      type="number"
      inputMode={field.whole ? "numeric" : "decimal"}
      className="max-w-40"
      min={field.minimum}
      max={field.maximum}
      step={field.whole ? 1 : "any"}
      value={typeof value === "number" ? String(value) : asText(value)}
      disabled={disabled}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

/** A field with one value: switch, number, choice, text, time, date. */
export function ScalarControl(props: ScalarControlProps) {
  const { control, field, value, optionLabel, disabled, onChange } = props;
  switch (field.kind) {
    case "switch":
      return <Switch {...control} checked={value === true} disabled={disabled} onCheckedChange={onChange} />;
    case "number":
      return <NumberInput {...props} />;
    case "select":
      return (
        <Select
          {...control}
          className="w-full max-w-64"
          value={asText(value)}
          disabled={disabled}
          options={(field.options ?? []).map((option) => ({ value: option, label: optionLabel(option) }))}
          onValueChange={onChange}
        />
      );
    case "long":
      return (
        <Textarea
          {...control}
          grow
          value={asText(value)}
          maxLength={field.maxLength}
          disabled={disabled}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    default:
      return (
        <Input
          {...control}
          type={INPUT_TYPE[field.kind as keyof typeof INPUT_TYPE] ?? "text"}
          className={field.kind === "text" ? undefined : "max-w-44"}
          value={asText(value)}
          maxLength={field.maxLength}
          disabled={disabled}
          onChange={(event) => onChange(event.target.value)}
        />
      );
  }
}
