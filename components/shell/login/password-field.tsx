"use client";

import { ArrowBigUpDash, Eye, EyeOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useState } from "react";
import { IconButton } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

/** A password that can be shown, with a word about Caps Lock. */
export function PasswordField({ error }: { error: string | undefined }) {
  const t = useTranslations("auth");
  const common = useTranslations("common");
  const [shown, setShown] = useState(false);
  const [capsLock, setCapsLock] = useState(false);
  const watch = (event: KeyboardEvent) => setCapsLock(event.getModifierState("CapsLock"));
  return (
    <Field
      label={t("password")}
      error={error}
      help={
        capsLock ? (
          <span className="flex items-center gap-1">
            <ArrowBigUpDash aria-hidden className="size-4" />
            {t("capsLock")}
          </span>
        ) : undefined
      }
    >
      {(control) => (
        <Input
          {...control}
          name="password"
          type={shown ? "text" : "password"}
          autoComplete="current-password"
          className="h-10"
          onKeyDown={watch}
          onKeyUp={watch}
          trailing={
            <IconButton
              size="sm"
              label={shown ? common("hidePassword") : common("showPassword")}
              onClick={() => setShown(!shown)}
            >
              {shown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
            </IconButton>
          }
        />
      )}
    </Field>
  );
}
