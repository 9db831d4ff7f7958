"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";

/** Fields that a service for answers and one for vectors have alike. */

interface FieldOf<Value> {
  value: Value;
  onChange: (value: Value) => void;
  error?: string | undefined;
}

/** Where a service is reached. */
export function AddressField({ value, onChange, error }: FieldOf<string>) {
  const t = useTranslations("admin-bot.provider");
  return (
    <Field required label={t("baseUrl")} help={t("baseUrlHint")} error={error}>
      {(control) => (
        <Input
          {...control}
          type="url"
          inputMode="url"
          value={value}
          maxLength={500}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

/** What its model is called. */
export function ModelField({
  value,
  onChange,
  error,
  label,
  help,
  required,
}: FieldOf<string> & { label: string; help?: string; required?: boolean }) {
  return (
    <Field label={label} error={error} {...(help && { help })} {...(required && { required })}>
      {(control) => (
        <Input {...control} value={value} maxLength={120} onChange={(event) => onChange(event.target.value)} />
      )}
    </Field>
  );
}

/** A key, which is never shown again: where one is `kept`, an empty field leaves it. */
export function KeyField({
  value,
  onChange,
  error,
  label,
  kept,
  optional,
}: FieldOf<string> & { label: string; kept: boolean; optional?: boolean }) {
  const t = useTranslations("admin-bot.provider");
  return (
    <Field label={label} help={kept ? t("apiKeyKeep") : t("apiKeyHint")} error={error} {...(optional && { optional })}>
      {(control) => (
        <Input
          {...control}
          type="password"
          autoComplete="off"
          value={value}
          maxLength={500}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

/** A number from 0; empty is `null` where it may be left out, and otherwise no number. */
export function NumberField({
  value,
  onChange,
  error,
  label,
  help,
  step,
  optional = false,
}: FieldOf<number | null> & { label: string; help?: string | undefined; step: number; optional?: boolean }) {
  return (
    <Field label={label} error={error} {...(help && { help })} {...(optional && { optional })}>
      {(control) => (
        <Input
          {...control}
          type="number"
          inputMode="decimal"
          min={0}
          step={step}
          value={value === null || Number.isNaN(value) ? "" : value}
          onChange={({ target }) => onChange(optional && target.value === "" ? null : target.valueAsNumber)}
        />
      )}
    </Field>
  );
}

/** What its prices are in. */
export function CurrencyField({ value, onChange }: FieldOf<"CNY" | "USD">) {
  const t = useTranslations("admin-bot.provider");
  return (
    <Field label={t("currency")}>
      {(control) => (
        <Select
          {...control}
          value={value}
          onValueChange={onChange}
          options={(["CNY", "USD"] as const).map((currency) => ({
            value: currency,
            label: t(`currencyOf.${currency}`),
          }))}
        />
      )}
    </Field>
  );
}

/** What may be left as it is, folded away. */
export function MoreFields({ children }: { children: ReactNode }) {
  const t = useTranslations("admin-bot.provider");
  return (
    <details className="group rounded-md border border-line">
      <summary className="cursor-pointer rounded-md px-3 py-2 font-medium text-sm touch:py-3">{t("more")}</summary>
      <div className="flex flex-col gap-4 border-line border-t p-3">{children}</div>
    </details>
  );
}
