"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { EMBEDDING_PRESETS, EMBEDDING_VENDORS, type EmbedderDraft, vendorOf } from "./embedder-draft";

export interface EmbedderFieldsProps {
  draft: EmbedderDraft;
  /** A saved key stays where none is typed. */
  hasKey: boolean;
  problem: (path: string) => string | undefined;
  onChange: (draft: EmbedderDraft) => void;
}

function NumberField({
  name,
  optional,
  step,
  draft,
  problem,
  onChange,
}: EmbedderFieldsProps & { name: "dimensions" | "batchSize" | "price"; optional?: boolean; step: number }) {
  const t = useTranslations("admin-bot.vectors");
  const value = draft[name];
  return (
    <Field label={t(name)} help={t(`${name}Hint`)} error={problem(name)} {...(optional && { optional })}>
      {(control) => (
        <Input
          {...control}
          type="number"
          inputMode="decimal"
          min={0}
          step={step}
          value={value === null || Number.isNaN(value) ? "" : value}
          onChange={({ target }) =>
            onChange({ ...draft, [name]: optional && target.value === "" ? null : target.valueAsNumber })
          }
        />
      )}
    </Field>
  );
}

function Where(props: EmbedderFieldsProps) {
  const { draft, problem, onChange } = props;
  const t = useTranslations("admin-bot.vectors");
  const provider = useTranslations("admin-bot.provider");
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label={provider("preset")} help={t("vendorHint")}>
        {(control) => (
          <Select
            {...control}
            value={vendorOf(draft.baseUrl)}
            onValueChange={(vendor) =>
              onChange({
                ...draft,
                ...(vendor === "other"
                  ? { baseUrl: "", model: "" }
                  : { ...EMBEDDING_PRESETS[vendor], dimensions: null }),
              })
            }
            options={EMBEDDING_VENDORS.map((value) => ({ value, label: t(`vendor.${value}`) }))}
          />
        )}
      </Field>
      <Field required label={provider("baseUrl")} help={provider("baseUrlHint")} error={problem("baseUrl")}>
        {(control) => (
          <Input
            {...control}
            type="url"
            inputMode="url"
            value={draft.baseUrl}
            maxLength={500}
            onChange={(event) => onChange({ ...draft, baseUrl: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
}

function More(props: EmbedderFieldsProps) {
  const { draft, onChange } = props;
  const provider = useTranslations("admin-bot.provider");
  return (
    <details className="group rounded-md border border-line">
      <summary className="cursor-pointer rounded-md px-3 py-2 font-medium text-sm touch:py-3">
        {provider("more")}
      </summary>
      <div className="grid gap-4 border-line border-t p-3 sm:grid-cols-2">
        <NumberField {...props} name="dimensions" optional step={1} />
        <NumberField {...props} name="batchSize" step={1} />
        <NumberField {...props} name="price" step={0.01} />
        <Field label={provider("currency")}>
          {(control) => (
            <Select
              {...control}
              value={draft.currency}
              onValueChange={(currency) => onChange({ ...draft, currency })}
              options={(["CNY", "USD"] as const).map((value) => ({ value, label: provider(`currencyOf.${value}`) }))}
            />
          )}
        </Field>
      </div>
    </details>
  );
}

/** What a service for vectors needs, and what may be left as it is. */
export function EmbedderFields(props: EmbedderFieldsProps) {
  const { draft, hasKey, problem, onChange } = props;
  const t = useTranslations("admin-bot.vectors");
  const provider = useTranslations("admin-bot.provider");
  return (
    <>
      <Where {...props} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field required label={provider("model")} help={t("modelHint")} error={problem("model")}>
          {(control) => (
            <Input
              {...control}
              value={draft.model}
              maxLength={120}
              onChange={(event) => onChange({ ...draft, model: event.target.value })}
            />
          )}
        </Field>
        <Field
          label={provider("apiKey")}
          help={hasKey ? provider("apiKeyKeep") : provider("apiKeyHint")}
          error={problem("apiKey")}
        >
          {(control) => (
            <Input
              {...control}
              type="password"
              autoComplete="off"
              value={draft.apiKey}
              maxLength={500}
              onChange={(event) => onChange({ ...draft, apiKey: event.target.value })}
            />
          )}
        </Field>
      </div>
      <More {...props} />
      <Field inline label={t("enabled")} help={t("enabledHint")}>
        {(control) => (
          <Switch
            {...control}
            checked={draft.enabled}
            onCheckedChange={(enabled: boolean) => onChange({ ...draft, enabled })}
          />
        )}
      </Field>
    </>
  );
}
