"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import type { ProviderOptions } from "@/lib/bot/provider-schema";
import type { ProviderFieldsProps } from "./provider-fields";

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
    <Field
      key={name}
      label={t(name)}
      error={problem(`options.${name}`)}
      {...(name === "inputPrice" && { help: t("priceHint") })}
    >
      {(control) => (
        <Input
          {...control}
          type="number"
          inputMode="decimal"
          min={0}
          step={step}
          value={Number.isNaN(draft.options[name]) ? "" : draft.options[name]}
          onChange={(event) => set({ [name]: event.target.valueAsNumber })}
        />
      )}
    </Field>
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
      <Field optional label={t("extraSecret")} help={saved?.hasExtraSecret ? t("apiKeyKeep") : t("apiKeyHint")}>
        {(control) => (
          <Input
            {...control}
            type="password"
            autoComplete="off"
            value={draft.extraSecret}
            maxLength={500}
            onChange={(event) => onChange({ ...draft, extraSecret: event.target.value })}
          />
        )}
      </Field>
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
    <details className="group rounded-md border border-line">
      <summary className="cursor-pointer rounded-md px-3 py-2 font-medium text-sm touch:py-3">{t("more")}</summary>
      <div className="flex flex-col gap-4 border-line border-t p-3">
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
          <Field label={t("currency")}>
            {(control) => (
              <Select
                {...control}
                value={options.currency}
                onValueChange={(currency) => set({ currency })}
                options={(["CNY", "USD"] as const).map((value) => ({ value, label: t(`currencyOf.${value}`) }))}
              />
            )}
          </Field>
          {numberField("inputPrice", 0.01)}
          {numberField("outputPrice", 0.01)}
        </div>
      </div>
    </details>
  );
}
