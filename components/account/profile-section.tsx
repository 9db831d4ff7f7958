"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { useFieldProblems } from "@/components/settings/use-field-problems";
import { useRequest } from "@/components/settings/use-request";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { changeProfile } from "@/lib/identity/account-contracts";
import { AccountSection } from "./account-section";
import { AvatarEditor } from "./avatar-editor";

export interface ProfileSectionProps {
  name: string;
  email: string;
  avatarUrl: string | null;
}

/** One's own name and picture; the address is the account's and stays. */
export function ProfileSection({ name, email, avatarUrl }: ProfileSectionProps) {
  const t = useTranslations("account");
  const { call } = useRequest();
  const router = useRouter();
  const problems = useFieldProblems();
  const [draft, setDraft] = useState(name);
  const [saving, setSaving] = useState(false);

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    const body = problems.check(changeProfile.body, { name: draft });
    if (!body) {
      return;
    }
    setSaving(true);
    try {
      await call(changeProfile, { body });
      toast.success(t("saved"));
      router.refresh();
    } catch (error) {
      toast.error(problems.report(error));
    } finally {
      setSaving(false);
    }
  }

  return (
    <AccountSection title={t("profile")}>
      <AvatarEditor name={name} avatarUrl={avatarUrl} />
      <form noValidate className="flex flex-col gap-4" onSubmit={(event) => void save(event)}>
        <Field required label={t("name")} help={t("nameHelp")} error={problems.text("name")}>
          {(control) => (
            <Input
              {...control}
              value={draft}
              maxLength={60}
              autoComplete="name"
              onChange={(event) => setDraft(event.target.value)}
            />
          )}
        </Field>
        <Field label={t("email")}>{(control) => <Input {...control} value={email} disabled />}</Field>
        <Button type="submit" variant="primary" className="self-start" disabled={draft === name} loading={saving}>
          {t("save")}
        </Button>
      </form>
    </AccountSection>
  );
}
