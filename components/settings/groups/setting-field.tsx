"use client";

import { Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { LineList } from "@/components/settings/line-list";
import { Button, IconButton } from "@/components/ui/button";
import { Field, type FieldControlProps } from "@/components/ui/field";
import type { FieldShape } from "@/lib/settings/schema";
import { ChoicesControl } from "./choices-control";
import { ColorControl } from "./color-control";
import { asList, asText, asValues, emptyRow } from "./field-values";
import { GroupField } from "./group-field";
import { ImageControl } from "./image-control";
import { ScalarControl } from "./scalar-control";

export interface SettingFieldProps {
  field: FieldShape;
  /** Where its texts stand: `branding.accent`. */
  path: string;
  value: unknown;
  disabled: boolean;
  /** A text of the namespace `settings`, if there is one. */
  text: (key: string) => string | undefined;
  /** What is wrong at a dotted place below the form, translated. */
  problem: (place: string) => string | undefined;
  pictures: Readonly<Record<string, string>>;
  /** Name of the group it stands in, where others have the same label (texts by language): heard, not seen. */
  within?: string;
  /** Stands below the help: "fixed by …", "back to the default". */
  footer?: ReactNode;
  onChange: (value: unknown) => void;
}

const MOST_LINES = 200;

/** Texts of one's own, one a line. */
function LinesControl({ field, path, value, disabled, text, problem, within, onChange }: SettingFieldProps) {
  const t = useTranslations("settings.form");
  const label = [within, text(`${path}.label`) ?? field.name].filter(Boolean).join(" ");
  return (
    <LineList
      label={label}
      value={asList(value).map(asText)}
      max={field.maxItems ?? MOST_LINES}
      {...(field.maxLength === undefined ? {} : { maxLength: field.maxLength })}
      disabled={disabled}
      addLabel={<To name={label}>{t("addLine")}</To>}
      problem={(index) => problem(`${field.name}.${index}`)}
      onChange={onChange}
    />
  );
}

interface NestedProps extends Omit<SettingFieldProps, "field"> {
  fields: readonly FieldShape[];
  /** Dotted place of the thing, for problems. */
  place: string;
}

/** The fields of one row or thing, side by side where there is room. */
function NestedFields({ fields, place, path, value, onChange, problem, ...rest }: NestedProps) {
  const values = asValues(value);
  return (
    <div className="grid min-w-0 flex-1 gap-3 sm:grid-cols-[repeat(auto-fit,minmax(9rem,1fr))]">
      {fields.map((field) => (
        <SettingField
          key={field.name}
          {...rest}
          field={field}
          path={`${path}.${field.name}`}
          value={values[field.name]}
          problem={(inner) => problem(`${place}.${inner}`)}
          onChange={(next) => onChange({ ...values, [field.name]: next })}
        />
      ))}
    </div>
  );
}

/** A list of things with fields of their own: opening hours, holidays. */
function RowsControl(props: SettingFieldProps) {
  const { field, path, value, disabled, text, within, onChange } = props;
  const t = useTranslations("settings.form");
  const label = [within, text(`${path}.label`) ?? field.name].filter(Boolean).join(" ");
  const rows = asList(value);
  const fields = field.fields ?? [];
  return (
    <div className="flex flex-col gap-2">
      {rows.map((row, index) => (
        <fieldset
          // biome-ignore lint/suspicious/noArrayIndexKey: a row has no identity but its place
          key={index}
          aria-label={t("row", { number: index + 1 })}
          className="flex min-w-0 items-start gap-2 rounded-sm border border-line p-3"
        >
          <NestedFields
            {...props}
            fields={fields}
            place={`${field.name}.${index}`}
            value={row}
            onChange={(next) => onChange(rows.with(index, next))}
          />
          <IconButton
            label={t("removeRow", { number: index + 1 })}
            disabled={disabled}
            onClick={() => onChange(rows.toSpliced(index, 1))}
          >
            <Trash2 aria-hidden />
          </IconButton>
        </fieldset>
      ))}
      {rows.length < (field.maxItems ?? MOST_LINES) ? (
        <Button
          variant="ghost"
          size="sm"
          disabled={disabled}
          className="self-start"
          onClick={() => onChange([...rows, emptyRow(fields)])}
        >
          <Plus aria-hidden />
          <To name={label}>{t("addRow")}</To>
        </Button>
      ) : null}
    </div>
  );
}

function controlOf(props: SettingFieldProps, control: FieldControlProps) {
  const { field, path, value, disabled, text, pictures, onChange } = props;
  const optionLabel = (option: string) => text(`${path}.options.${option}`) ?? option;
  switch (field.kind) {
    case "choices":
      return (
        <ChoicesControl
          control={control}
          label={text(`${path}.label`) ?? field.name}
          value={asList(value).map(asText)}
          options={(field.options ?? []).map((option) => ({ value: option, label: optionLabel(option) }))}
          disabled={disabled}
          onChange={onChange}
        />
      );
    case "color":
      return <ColorControl control={control} value={asText(value)} disabled={disabled} onChange={onChange} />;
    case "image":
      return (
        <ImageControl
          control={control}
          value={asText(value)}
          addresses={pictures}
          disabled={disabled}
          onChange={onChange}
        />
      );
    case "lines":
      return <LinesControl {...props} />;
    default:
      return (
        <ScalarControl
          control={control}
          field={field}
          value={value}
          optionLabel={optionLabel}
          disabled={disabled}
          onChange={onChange}
        />
      );
  }
}

/** One field with label, help, control and what is wrong with it. */
export function SettingField(props: SettingFieldProps) {
  const { field, path, text, problem, within, footer } = props;
  const label = text(`${path}.label`) ?? field.name;
  const hint = text(`${path}.hint`);
  const help =
    hint || footer ? (
      <>
        {hint}
        {footer ? <span className="mt-1 flex flex-wrap items-center gap-2">{footer}</span> : null}
      </>
    ) : undefined;
  if (field.kind === "rows" || field.kind === "fields") {
    return (
      <GroupField label={label} help={help} error={problem(field.name)}>
        {field.kind === "rows" ? (
          <RowsControl {...props} />
        ) : (
          <NestedFields
            {...props}
            within={within ? `${within} ${label}` : label}
            fields={field.fields ?? []}
            place={field.name}
          />
        )}
      </GroupField>
    );
  }
  return (
    <Field
      inline={field.kind === "switch"}
      label={within ? <Within name={within}>{label}</Within> : label}
      help={help}
      error={problem(field.name)}
    >
      {(control) => controlOf(props, control)}
    </Field>
  );
}

/** A button that says also to which list it adds, where several add "one". */
function To({ name, children }: { name: string; children: string }) {
  return (
    <span className="relative">
      {children}
      <span className="sr-only"> {name}</span>
    </span>
  );
}

/** A label that says also to whom it belongs, for those who hear it apart from its group. */
function Within({ name, children }: { name: string; children: string }) {
  return (
    // What is only heard stands out of the flow: without a box of its own it would make the whole page scroll.
    <span className="relative">
      <span className="sr-only">{name} </span>
      {children}
    </span>
  );
}
