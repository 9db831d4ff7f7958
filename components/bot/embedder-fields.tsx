"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { EMBEDDING_PRESETS, EMBEDDING_VENDORS, type EmbedderDraft, vendorOf } from "./embedder-draft";
import { AddressField, CurrencyField, KeyField, ModelField, MoreFields, NumberField } from "./service-fields";

export interface EmbedderFieldsProps {
  draft: EmbedderDraft;
  /** A saved key stays where none is typed. */
  hasKey: boolean;
  problem: (path: string) => string | undefined;
  onChange: (draft: EmbedderDraft) => void;
}

function VendorField({ draft, onChange }: EmbedderFieldsProps) {
  const t = useTranslations("admin-bot.vectors");
  const provider = useTranslations("admin-bot.provider");
  return (
    <Field label={provider("preset")} help={t("vendorHint")}>
      {(control) => (
        <Select
          {...control}
          value={vendorOf(draft.baseUrl)}
          onValueChange={(vendor) =>
            onChange({
              ...draft,
              ...(vendor === "other" ? { baseUrl: "", model: "" } : { ...EMBEDDING_PRESETS[vendor], dimensions: null }),
            })
          }
          options={EMBEDDING_VENDORS.map((value) => ({ value, label: t(`vendor.${value}`) }))}
        />
      )}
    </Field>
  );
}

function More({ draft, problem, onChange }: EmbedderFieldsProps) {
  const t = useTranslations("admin-bot.vectors");
  const numbers = [
    { name: "dimensions", step: 1, optional: true },
    { name: "batchSize", step: 1 },
    { name: "price", step: 0.01 },
  ] as const;
  return (
    <MoreFields>
      <div className="grid gap-4 sm:grid-cols-2">
        {numbers.map(({ name, ...rest }) => (
          <NumberField
            key={name}
            {...rest}
            label={t(name)}
            help={t(`${name}Hint`)}
            error={problem(name)}
            value={draft[name]}
            onChange={(value) => onChange({ ...draft, [name]: value })}
          />
        ))}
        <CurrencyField value={draft.currency} onChange={(currency) => onChange({ ...draft, currency })} />
      </div>
    </MoreFields>
  );
}

/** What a service for vectors needs, and what may be left as it is. */
export function EmbedderFields(props: EmbedderFieldsProps) {
  const { draft, hasKey, problem, onChange } = props;
  const t = useTranslations("admin-bot.vectors");
  const provider = useTranslations("admin-bot.provider");
  const set = (name: "baseUrl" | "model" | "apiKey") => ({
    value: draft[name],
    error: problem(name),
    onChange: (value: string) => onChange({ ...draft, [name]: value }),
  });
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <VendorField {...props} />
        <AddressField {...set("baseUrl")} />
        <ModelField {...set("model")} required label={provider("model")} help={t("modelHint")} />
        <KeyField {...set("apiKey")} label={provider("apiKey")} kept={hasKey} />
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
