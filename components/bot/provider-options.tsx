"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Switch } from "@/components/ui/switch";
import type { ProviderOptions } from "@/lib/bot/provider-schema";
import type { ProviderFieldsProps } from "./provider-fields";
import { CurrencyField, KeyField, MoreFields, NumberField } from "./service-fields";

type NumberOption = "firstTextMs" | "inputPrice" | "outputPrice";
type SwitchOption = "streaming" | "trusted" | "tools";

function useOptions({ draft, onChange, problem }: ProviderFieldsProps) {
  const t = useTranslations("admin-bot.provider");
  const set = (patch: Partial<ProviderOptions>) => onChange({ ...draft, options: { ...draft.options, ...patch } });
  const switchField = (name: SwitchOption) => (
    <Field key={name} inline label={t(name)} help={t(`${name}Hint`)}>
      {(control) => (
        <Switch
          {...control}
          checked={draft.options[name]}
          onCheckedChange={(checked: boolean) => set({ [name]: checked })}
        />
      )}
    </Field>
  );
  const numberField = (name: NumberOption, step: number) => (
    <NumberField
      key={name}
      label={t(name)}
      help={name === "inputPrice" ? t("priceHint") : undefined}
      error={problem(`options.${name}`)}
      step={step}
      value={draft.options[name]}
      onChange={(value) => set({ [name]: value ?? Number.NaN })}
    />
  );
  return { t, set, switchField, numberField };
}

function SecondKey(props: ProviderFieldsProps) {
  const { draft, saved, problem, onChange } = props;
  const { t, set } = useOptions(props);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field optional label={t("extraHeader")} help={t("extraHeaderHint")} error={problem("options.extraHeader")}>
        {(control) => (
          <Input
            {...control}
            value={draft.options.extraHeader}
            maxLength={60}
            onChange={(event) => set({ extraHeader: event.target.value })}
          />
        )}
      </Field>
      <KeyField
        optional
        label={t("extraSecret")}
        kept={saved?.hasExtraSecret ?? false}
        value={draft.extraSecret}
        onChange={(extraSecret) => onChange({ ...draft, extraSecret })}
      />
    </div>
  );
}

/** Time-outs, prices and what only some kinds have; folded away, because the defaults do. */
export function ProviderOptionFields(props: ProviderFieldsProps) {
  const { draft, problem } = props;
  const { t, set, switchField, numberField } = useOptions(props);
  const { kind, options } = draft;
  const isWriter = kind === "openai" || kind === "azure" || kind === "anthropic";
  return (
    <MoreFields>
      {kind === "azure" ? (
        <Field label={t("azureApiVersion")} error={problem("options.azureApiVersion")}>
          {(control) => (
            <Input
              {...control}
              value={options.azureApiVersion}
              onChange={(event) => set({ azureApiVersion: event.target.value })}
            />
          )}
        </Field>
      ) : null}
      {kind === "dify" ? [switchField("streaming"), switchField("trusted")] : null}
      {isWriter ? switchField("tools") : null}
      {kind === "openai" ? <SecondKey {...props} /> : null}
      <div className="grid gap-4 sm:grid-cols-2">
        {numberField("firstTextMs", 500)}
        <CurrencyField value={options.currency} onChange={(currency) => set({ currency })} />
        {numberField("inputPrice", 0.01)}
        {numberField("outputPrice", 0.01)}
      </div>
    </MoreFields>
  );
}
