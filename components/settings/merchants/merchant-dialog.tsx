"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { LOCALES, type Locale } from "@/lib/i18n/locales";
import { createMerchant, type MerchantRow, updateMerchant } from "@/lib/identity/merchant-contracts";
import { SecretDialog } from "../secret-dialog";
import { useFieldProblems } from "../use-field-problems";
import { useRequest } from "../use-request";

export interface MerchantDialogProps {
  /** Undefined for a new one. */
  merchant: MerchantRow | undefined;
  onClose: () => void;
  onSaved: () => void;
}

interface Draft {
  readonly name: string;
  readonly slug: string;
  readonly locale: Locale;
  readonly timezone: string;
  readonly adminEmail: string;
}

function draftOf(merchant: MerchantRow | undefined): Draft {
  return {
    name: merchant?.name ?? "",
    slug: merchant?.slug ?? "",
    locale: merchant?.locale === "en" ? "en" : "zh-CN",
    timezone: merchant?.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    adminEmail: "",
  };
}

function useMerchantForm({ merchant, onSaved }: MerchantDialogProps) {
  const t = useTranslations("admin-merchants");
  const { call } = useRequest();
  const problems = useFieldProblems();
  const [draft, setDraft] = useState(() => draftOf(merchant));
  const [saving, setSaving] = useState(false);
  const [link, setLink] = useState<string>();

  async function send(): Promise<void> {
    const { adminEmail, slug, ...rest } = draft;
    const wished = { ...rest, ...(slug && { slug }) };
    if (merchant) {
      const body = problems.check(updateMerchant.body, wished);
      if (body) {
        await call(updateMerchant, { params: { id: merchant.id }, body });
        toast.success(t("saved", { name: draft.name }));
        onSaved();
      }
      return;
    }
    const body = problems.check(createMerchant.body, { ...wished, ...(adminEmail && { adminEmail }) });
    if (body) {
      const made = await call(createMerchant, { body });
      toast.success(t("created", { name: draft.name }));
      if (made.link === null) {
        onSaved();
      } else {
        setLink(made.link);
      }
    }
  }

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    setSaving(true);
    await send().catch((error: unknown) => toast.error(problems.report(error)));
    setSaving(false);
  }

  return {
    draft,
    saving,
    link,
    problem: problems.text,
    change: (patch: Partial<Draft>) => setDraft({ ...draft, ...patch }),
    save,
  };
}

type Form = ReturnType<typeof useMerchantForm>;

function TextField({ form, name, ...flags }: { form: Form; name: keyof Draft; required?: boolean; list?: string }) {
  const t = useTranslations("admin-merchants");
  return (
    <Field
      {...(flags.required ? { required: true } : { optional: true })}
      label={t(name)}
      help={name === "locale" ? undefined : t(`${name}Help`)}
      error={form.problem(name)}
    >
      {(control) => (
        <Input
          {...control}
          value={form.draft[name]}
          autoComplete="off"
          list={flags.list}
          onChange={(event) => form.change({ [name]: event.target.value })}
        />
      )}
    </Field>
  );
}

function MerchantFields({ form, isNew }: { form: Form; isNew: boolean }) {
  const t = useTranslations("admin-merchants");
  const zones = useId();
  return (
    <DialogBody className="flex flex-col gap-4">
      <TextField form={form} name="name" required />
      <TextField form={form} name="slug" />
      <Field label={t("locale")}>
        {(control) => (
          <Select
            {...control}
            className="w-full"
            value={form.draft.locale}
            options={LOCALES.map((value) => ({ value, label: t(`locales.${value}`) }))}
            onValueChange={(locale) => form.change({ locale })}
          />
        )}
      </Field>
      <TextField form={form} name="timezone" required list={zones} />
      <datalist id={zones}>
        {Intl.supportedValuesOf("timeZone").map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      {isNew ? <TextField form={form} name="adminEmail" /> : null}
    </DialogBody>
  );
}

/** The form of one merchant; a new one may end with its administrator's invitation, shown once. */
export function MerchantDialog(props: MerchantDialogProps) {
  const t = useTranslations("admin-merchants");
  const common = useTranslations("common");
  const form = useMerchantForm(props);
  if (form.link !== undefined) {
    return (
      <SecretDialog
        title={t("linkTitle")}
        description={t("linkBody", { email: form.draft.adminEmail })}
        secret={form.link}
        copyLabel={t("linkCopy")}
        doneLabel={t("linkDone")}
        onDone={props.onSaved}
      />
    );
  }
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : props.onClose())}>
      <DialogContent title={props.merchant ? t("editTitle") : t("add")}>
        <form noValidate className="contents" onSubmit={(event) => void form.save(event)}>
          <MerchantFields form={form} isNew={props.merchant === undefined} />
          <DialogFooter>
            <Button onClick={props.onClose}>{common("cancel")}</Button>
            <Button type="submit" variant="primary" loading={form.saving}>
              {props.merchant ? common("save") : t("add")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
