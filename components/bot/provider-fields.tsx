"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { PROVIDER_KINDS } from "@/lib/bot/provider-schema";
import { PRESETS, type Preset, type ProviderDraft, presetOf, withKind } from "./provider-draft";

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

function KeyField({ draft, saved, problem, onChange }: ProviderFieldsProps) {
  const t = useTranslations("admin-bot.provider");
  return (
    <Field label={t("apiKey")} help={saved?.hasKey ? t("apiKeyKeep") : t("apiKeyHint")} error={problem("apiKey")}>
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
  );
}

/** What every service needs: its kind, where it is, what it is called, its key. */
export function ProviderFields(props: ProviderFieldsProps) {
  const { draft, problem, onChange } = props;
  const t = useTranslations("admin-bot.provider");
  const hasModel = draft.kind !== "dify" && draft.kind !== "qingyunke";
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
      <Field required label={t("baseUrl")} help={t("baseUrlHint")} error={problem("baseUrl")}>
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
      <div className="grid gap-4 sm:grid-cols-2">
        {hasModel ? (
          <Field label={draft.kind === "azure" ? t("deployment") : t("model")} error={problem("model")}>
            {(control) => (
              <Input
                {...control}
                value={draft.model}
                maxLength={120}
                onChange={(event) => onChange({ ...draft, model: event.target.value })}
              />
            )}
          </Field>
        ) : null}
        {draft.kind === "qingyunke" ? null : <KeyField {...props} />}
      </div>
    </>
  );
}
