"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { SecretDialog } from "@/components/settings/secret-dialog";
import { useFieldProblems } from "@/components/settings/use-field-problems";
import { useRequest } from "@/components/settings/use-request";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { inviteAgent } from "@/lib/identity/account-contracts";
import { ROLES, type Role } from "@/lib/identity/permissions";

interface InviteDraft {
  readonly email: string;
  readonly role: Role;
}

interface InviteFieldsProps {
  draft: InviteDraft;
  problem: (path: string) => string | undefined;
  onChange: (draft: InviteDraft) => void;
}

function InviteFields({ draft, problem, onChange }: InviteFieldsProps) {
  const t = useTranslations("admin-agents");
  return (
    <>
      <Field required label={t("email")} error={problem("email")}>
        {(control) => (
          <Input
            {...control}
            type="email"
            autoComplete="off"
            value={draft.email}
            onChange={(event) => onChange({ ...draft, email: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("role")}>
        {(control) => (
          <Select
            {...control}
            className="w-full"
            value={draft.role}
            options={ROLES.map((role) => ({ value: role, label: t(`roles.${role}`) }))}
            onValueChange={(role) => onChange({ ...draft, role })}
          />
        )}
      </Field>
    </>
  );
}

/** Invites a colleague: address and role, then the link to send, shown once. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("admin-agents");
  const common = useTranslations("common");
  const { call } = useRequest();
  const router = useRouter();
  const problems = useFieldProblems();
  const [draft, setDraft] = useState<InviteDraft>({ email: "", role: "agent" });
  const [saving, setSaving] = useState(false);
  const [link, setLink] = useState<string>();

  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    const body = problems.check(inviteAgent.body, draft);
    if (!body) {
      return;
    }
    setSaving(true);
    try {
      setLink((await call(inviteAgent, { body })).link);
      router.refresh();
    } catch (error) {
      toast.error(problems.report(error));
      setSaving(false);
    }
  }

  if (link !== undefined) {
    return (
      <SecretDialog
        title={t("linkTitle")}
        description={t("linkBody", { email: draft.email })}
        secret={link}
        copyLabel={t("linkCopy")}
        doneLabel={t("linkDone")}
        onDone={onClose}
      />
    );
  }
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent title={t("inviteTitle")} description={t("inviteHelp")}>
        <form noValidate onSubmit={(event) => void send(event)}>
          <DialogBody className="flex flex-col gap-4">
            <InviteFields draft={draft} problem={problems.text} onChange={setDraft} />
          </DialogBody>
          <DialogFooter>
            <Button onClick={onClose}>{common("cancel")}</Button>
            <Button type="submit" variant="primary" loading={saving}>
              {t("inviteSend")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
