"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { TemplateFields } from "./template-fields";
import { type RichForm, type RichKind, useRichForm } from "./use-rich-form";

const TITLE_MAX = 64;

function TextInput({
  form,
  name,
  label,
  help,
  max,
  lines,
  required = true,
}: {
  form: RichForm;
  name: string;
  label: ReactNode;
  help?: ReactNode;
  max: number;
  lines?: number;
  required?: boolean;
}) {
  const { values, replace } = form;
  const shared = {
    maxLength: max,
    value: values[name] ?? "",
    onChange: (event: { target: { value: string } }) => replace({ ...values, [name]: event.target.value }),
  };
  return (
    <Field label={label} help={help} required={required}>
      {(control) =>
        lines === undefined ? <Input {...control} {...shared} /> : <Textarea {...control} {...shared} rows={lines} />
      }
    </Field>
  );
}

function PictureInput({ form, required }: { form: RichForm; required: boolean }) {
  const t = useTranslations("desk.rich");
  return (
    <Field label={t(required ? "picture" : "pictureOptional")} required={required}>
      {(control) => (
        <input
          {...control}
          type="file"
          accept="image/png,image/jpeg"
          className="text-sm file:mr-3 file:rounded-sm file:border file:border-line-strong file:bg-surface file:px-3 file:py-1.5"
          onChange={(event) => form.setPicture(event.target.files?.[0])}
        />
      )}
    </Field>
  );
}

function Fields({ conversationId, kind, form }: { conversationId: string; kind: RichKind; form: RichForm }) {
  const t = useTranslations("desk.rich");
  switch (kind) {
    case "link":
      return (
        <>
          <TextInput form={form} name="title" label={t("title")} max={TITLE_MAX} />
          <TextInput form={form} name="description" label={t("description")} max={120} required={false} />
          <TextInput form={form} name="url" label={t("url")} help={t("urlHelp")} max={1_024} />
          <PictureInput form={form} required={false} />
        </>
      );
    case "miniprogram":
      return (
        <>
          <TextInput form={form} name="title" label={t("title")} max={TITLE_MAX} />
          <TextInput form={form} name="appId" label={t("appId")} max={64} />
          <TextInput form={form} name="path" label={t("path")} max={1_024} />
          <PictureInput form={form} required />
        </>
      );
    case "location":
      return (
        <>
          <TextInput form={form} name="title" label={t("placeName")} max={TITLE_MAX} />
          <TextInput form={form} name="description" label={t("placeAddress")} max={120} required={false} />
          <TextInput form={form} name="latitude" label={t("latitude")} help={t("placeHelp")} max={20} />
          <TextInput form={form} name="longitude" label={t("longitude")} max={20} />
        </>
      );
    case "contact":
      return (
        <>
          <TextInput form={form} name="title" label={t("title")} help={t("contactHelp")} max={TITLE_MAX} />
          <TextInput form={form} name="url" label={t("contactUrl")} help={t("urlHelp")} max={1_024} />
        </>
      );
    case "menu":
      return (
        <>
          <TextInput form={form} name="text" label={t("text")} max={600} lines={2} />
          <TextInput form={form} name="choices" label={t("choices")} help={t("choicesHelp")} max={500} lines={4} />
        </>
      );
    default:
      return <TemplateFields conversationId={conversationId} form={form} />;
  }
}

function DialogForm({ conversationId, kind, onDone }: { conversationId: string; kind: RichKind; onDone: () => void }) {
  const t = useTranslations("desk.rich");
  const common = useTranslations("common");
  const form = useRichForm(conversationId, kind, onDone);
  return (
    <>
      <DialogBody className="flex flex-col gap-4">
        <Fields conversationId={conversationId} kind={kind} form={form} />
        {form.problem ? (
          <p role="alert" className="text-sm text-danger-ink">
            {form.problem === "incomplete" ? t("incomplete") : form.problem.text}
          </p>
        ) : null}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onDone}>{common("cancel")}</Button>
        <Button variant="primary" loading={form.busy} onClick={() => void form.submit()}>
          {t("send")}
        </Button>
      </DialogFooter>
    </>
  );
}

/** Writes a card, a menu or a template message, and sends it. */
export function RichDialog({
  conversationId,
  kind,
  onClose,
}: {
  conversationId: string;
  kind: RichKind | undefined;
  onClose: () => void;
}) {
  const t = useTranslations("desk.rich");
  return (
    <Dialog open={kind !== undefined} onOpenChange={(open) => (open ? undefined : onClose())}>
      {kind === undefined ? null : (
        <DialogContent title={t(kind)}>
          <DialogForm key={kind} conversationId={conversationId} kind={kind} onDone={onClose} />
        </DialogContent>
      )}
    </Dialog>
  );
}
