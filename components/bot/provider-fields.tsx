"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { PROVIDER_KINDS } from "@/lib/bot/provider-schema";
import { PRESETS, type Preset, type ProviderDraft, presetOf, withKind } from "./provider-draft";
import { AddressField, KeyField, ModelField } from "./service-fields";

export interface ProviderFieldsProps {
  draft: ProviderDraft;
  /** An existing one keeps its kind, and its key where none is typed. */
  saved: { readonly hasKey: boolean; readonly hasExtraSecret: boolean } | undefined;
  problem: (path: string) => string | undefined;
  onChange: (draft: ProviderDraft) => void;
}

function KindFields({ draft, saved, onChange }: ProviderFieldsProps) {
  const t = useTranslations("admin-bot.provider");
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field
        label={t("kind")}
        help={t(`kindHint.${draft.kind}`)}
        className={draft.kind === "openai" ? "" : "sm:col-span-2"}
      >
        {(control) => (
          <Select
            {...control}
            value={draft.kind}
            disabled={saved !== undefined}
            onValueChange={(kind) => onChange(withKind(draft, kind))}
            options={PROVIDER_KINDS.map((value) => ({ value, label: t(`kindOf.${value}`) }))}
          />
        )}
      </Field>
      {draft.kind === "openai" ? (
        <Field label={t("preset")} help={t("presetHint")}>
          {(control) => (
            <Select
              {...control}
              value={presetOf(draft.baseUrl)}
              onValueChange={(preset) => onChange({ ...draft, baseUrl: preset === "other" ? "" : PRESETS[preset] })}
              options={([...Object.keys(PRESETS), "other"] as Preset[]).map((value) => ({
                value,
                label: t(`presetOf.${value}`),
              }))}
            />
          )}
        </Field>
      ) : null}
    </div>
  );
}

/** What every service needs: its kind, where it is, what it is called, its key. */
export function ProviderFields(props: ProviderFieldsProps) {
  const { draft, saved, problem, onChange } = props;
  const t = useTranslations("admin-bot.provider");
  const hasModel = draft.kind !== "dify" && draft.kind !== "qingyunke";
  const set = (name: "baseUrl" | "model" | "apiKey") => ({
    value: draft[name],
    error: problem(name),
    onChange: (value: string) => onChange({ ...draft, [name]: value }),
  });
  return (
    <>
      <KindFields {...props} />
      <Field required label={t("name")} help={t("nameHint")} error={problem("name")}>
        {(control) => (
          <Input
            {...control}
            value={draft.name}
            maxLength={60}
            onChange={(event) => onChange({ ...draft, name: event.target.value })}
          />
        )}
      </Field>
      <AddressField {...set("baseUrl")} />
      <div className="grid gap-4 sm:grid-cols-2">
        {hasModel ? (
          <ModelField {...set("model")} label={draft.kind === "azure" ? t("deployment") : t("model")} />
        ) : null}
        {draft.kind === "qingyunke" ? null : (
          <KeyField {...set("apiKey")} label={t("apiKey")} kept={saved?.hasKey ?? false} />
        )}
      </div>
    </>
  );
}
