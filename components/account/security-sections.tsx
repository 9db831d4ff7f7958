"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { useFieldProblems } from "@/components/settings/use-field-problems";
import { useRequest } from "@/components/settings/use-request";
import { Button } from "@/components/ui/button";
import { useConfirm } from "@/components/ui/confirm";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { changeOwnPassword, signOutEverywhere } from "@/lib/identity/account-contracts";
import { AccountSection } from "./account-section";

/** A whole load: this session is over as well. */
function toLogin(): void {
  window.location.assign("/login");
}

/** One's own password. */
export function PasswordSection() {
  const t = useTranslations("account");
  const { call } = useRequest();
  const problems = useFieldProblems();
  const [draft, setDraft] = useState({ current: "", password: "" });
  const [saving, setSaving] = useState(false);

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    const body = problems.check(changeOwnPassword.body, draft);
    if (!body) {
      return;
    }
    setSaving(true);
    try {
      await call(changeOwnPassword, { body });
      toLogin();
    } catch (error) {
      toast.error(problems.report(error));
      setSaving(false);
    }
  }

  return (
    <AccountSection title={t("password")} description={t("passwordHelp")}>
      <form noValidate className="flex flex-col gap-4" onSubmit={(event) => void save(event)}>
        <Field required label={t("current")} error={problems.text("current")}>
          {(control) => (
            <Input
              {...control}
              type="password"
              autoComplete="current-password"
              value={draft.current}
              onChange={(event) => setDraft({ ...draft, current: event.target.value })}
            />
          )}
        </Field>
        <Field required label={t("next")} help={t("nextHelp")} error={problems.text("password")}>
          {(control) => (
            <Input
              {...control}
              type="password"
              autoComplete="new-password"
              value={draft.password}
              onChange={(event) => setDraft({ ...draft, password: event.target.value })}
            />
          )}
        </Field>
        <Button type="submit" className="self-start" loading={saving}>
          {t("changePassword")}
        </Button>
      </form>
    </AccountSection>
  );
}

/** Out of every device at once. */
export function SessionsSection() {
  const t = useTranslations("account");
  const { call, explain } = useRequest();
  const confirm = useConfirm();

  async function leave(): Promise<void> {
    const agreed = await confirm({
      title: t("signOutTitle"),
      body: t("signOutBody"),
      confirmLabel: t("signOut"),
      danger: true,
    });
    if (!agreed) {
      return;
    }
    try {
      await call(signOutEverywhere, {});
      toLogin();
    } catch (error) {
      toast.error(explain(error));
    }
  }

  return (
    <AccountSection title={t("sessions")} description={t("sessionsHelp")}>
      <Button className="self-start" onClick={() => void leave()}>
        {t("signOut")}
      </Button>
    </AccountSection>
  );
}
