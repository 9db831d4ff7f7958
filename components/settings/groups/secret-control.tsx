"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import type { FieldControlProps } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

export interface SecretControlProps {
  control: FieldControlProps;
  isSet: boolean;
  /** Typed; null: to be cleared; undefined: as it is. */
  value: string | null | undefined;
  disabled: boolean;
  onChange: (value: string | null | undefined) => void;
}

/** Written and never read: the field is empty even when a secret is set. */
export function SecretControl({ control, isSet, value, disabled, onChange }: SecretControlProps) {
  const t = useTranslations("settings.form");
  const state = value === null ? t("secretCleared") : isSet ? t("secretSet") : t("secretEmpty");
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-center gap-2">
        <Input
          {...control}
          type="password"
          autoComplete="new-password"
          value={value ?? ""}
          disabled={disabled}
          placeholder={isSet ? t("secretReplace") : ""}
          onChange={(event) => onChange(event.target.value === "" ? undefined : event.target.value)}
        />
        {isSet && !disabled && value === undefined ? (
          <Button onClick={() => onChange(null)}>{t("secretClear")}</Button>
        ) : null}
      </div>
      <p className="text-ink-subtle text-sm">{state}</p>
    </div>
  );
}
