"use client";

import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import type { z } from "zod";
import { useFieldProblems } from "@/components/settings/use-field-problems";
import { useRequest } from "@/components/settings/use-request";
import { credentialsSignIn } from "@/components/shell/login/credentials-sign-in";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Switch } from "@/components/ui/switch";
import { Toaster } from "@/components/ui/toast";
import { install, installInput } from "@/lib/identity/install-contracts";

const FIELDS = [
  { name: "merchantName", type: "text", autoComplete: "organization" },
  { name: "name", type: "text", autoComplete: "name" },
  { name: "email", type: "email", autoComplete: "username" },
  { name: "password", type: "password", autoComplete: "new-password" },
] as const;

type Draft = Record<(typeof FIELDS)[number]["name"], string>;

function useInstall() {
  const locale = useLocale();
  const { call } = useRequest();
  const problems = useFieldProblems();
  const [draft, setDraft] = useState<Draft>({ merchantName: "", name: "", email: "", password: "" });
  const [samples, setSamples] = useState(false);
  const [saving, setSaving] = useState(false);

  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const wished: z.input<typeof installInput> = {
      ...draft,
      samples,
      timezone,
      locale: locale === "en" ? "en" : "zh-CN",
    };
    const body = problems.check(installInput, wished);
    if (!body) {
      return;
    }
    setSaving(true);
    try {
      const { email } = await call(install, { body });
      const failure = await credentialsSignIn({
        email,
        password: body.password,
        totp: "",
        captcha: "",
        captchaToken: "",
      });
      window.location.assign(failure ? "/login" : "/admin");
    } catch (error) {
      toast.error(problems.report(error));
      setSaving(false);
    }
  }

  return { draft, samples, saving, problem: problems.text, change: setDraft, setSamples, send };
}

/** Merchant and administrator; afterwards the administrator is signed in. */
export function InstallForm({ hasSamples }: { hasSamples: boolean }) {
  const t = useTranslations("install");
  const form = useInstall();
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={(event) => void form.send(event)}>
      {FIELDS.map(({ name, type, autoComplete }) => (
        <Field key={name} required label={t(name)} help={t(`${name}Help`)} error={form.problem(name)}>
          {(control) => (
            <Input
              {...control}
              type={type}
              autoComplete={autoComplete}
              value={form.draft[name]}
              className="h-10"
              onChange={(event) => form.change({ ...form.draft, [name]: event.target.value })}
            />
          )}
        </Field>
      ))}
      {hasSamples ? (
        <Field inline label={t("samples")} help={t("samplesHelp")}>
          {(control) => <Switch {...control} checked={form.samples} onCheckedChange={form.setSamples} />}
        </Field>
      ) : null}
      <Button type="submit" variant="primary" size="lg" block loading={form.saving}>
        {t("submit")}
      </Button>
      <Toaster />
    </form>
  );
}
