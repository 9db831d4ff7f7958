"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { useFieldProblems } from "@/components/settings/use-field-problems";
import { useRequest } from "@/components/settings/use-request";
import { credentialsSignIn } from "@/components/shell/login/credentials-sign-in";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Toaster } from "@/components/ui/toast";
import { acceptInvitation } from "@/lib/identity/account-contracts";

export interface AcceptFormProps {
  token: string;
  email: string;
  /** There is an account with this address: its password joins it, and the name stays. */
  hasAccount: boolean;
}

/** Accepts, then signs in; whoever cannot (a second step, say) is led to the login page. */
function useAccept({ token, email, hasAccount }: AcceptFormProps) {
  const { call } = useRequest();
  const problems = useFieldProblems();
  const [draft, setDraft] = useState({ name: hasAccount ? email : "", password: "" });
  const [saving, setSaving] = useState(false);

  async function accept(event: FormEvent): Promise<void> {
    event.preventDefault();
    const body = problems.check(acceptInvitation.body, { token, ...draft });
    if (!body) {
      return;
    }
    setSaving(true);
    try {
      await call(acceptInvitation, { body });
      const failure = await credentialsSignIn({
        email,
        password: draft.password,
        totp: "",
        captcha: "",
        captchaToken: "",
      });
      window.location.assign(failure ? "/login" : "/desk");
    } catch (error) {
      toast.error(problems.report(error));
      setSaving(false);
    }
  }

  return { draft, saving, problem: problems.text, change: setDraft, accept };
}

/** Name and password of a person who was invited; afterwards they are signed in. */
export function AcceptForm(props: AcceptFormProps) {
  const { email, hasAccount } = props;
  const t = useTranslations("invite");
  const form = useAccept(props);
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={(event) => void form.accept(event)}>
      <Field label={t("email")}>
        {(control) => <Input {...control} value={email} disabled autoComplete="username" className="h-10" />}
      </Field>
      {hasAccount ? null : (
        <Field required label={t("name")} error={form.problem("name")}>
          {(control) => (
            <Input
              {...control}
              value={form.draft.name}
              maxLength={60}
              autoComplete="name"
              className="h-10"
              onChange={(event) => form.change({ ...form.draft, name: event.target.value })}
            />
          )}
        </Field>
      )}
      <Field
        required
        label={t(hasAccount ? "passwordKnown" : "password")}
        help={hasAccount ? undefined : t("passwordHelp")}
        error={form.problem("password")}
      >
        {(control) => (
          <Input
            {...control}
            type="password"
            autoComplete={hasAccount ? "current-password" : "new-password"}
            value={form.draft.password}
            className="h-10"
            onChange={(event) => form.change({ ...form.draft, password: event.target.value })}
          />
        )}
      </Field>
      <Button type="submit" variant="primary" size="lg" block loading={form.saving}>
        {t("accept")}
      </Button>
      <Toaster />
    </form>
  );
}
