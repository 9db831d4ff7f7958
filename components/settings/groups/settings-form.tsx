"use client";

import { RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PageFrame } from "@/components/settings/page-frame";
import { SaveBar } from "@/components/settings/save-bar";
import { Button } from "@/components/ui/button";
import { Card, CardBody } from "@/components/ui/card";
import { Dialog, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import type { SettingsGroupView } from "@/lib/settings/contracts";
import type { FieldShape } from "@/lib/settings/schema";
import { sameValue } from "./field-values";
import { SecretControl } from "./secret-control";
import { SettingField } from "./setting-field";
import { useSettingText } from "./use-setting-text";
import { type SettingsEditor, useSettingsEditor } from "./use-settings-editor";

export interface SettingsFormProps {
  view: SettingsGroupView;
  fields: readonly FieldShape[];
  /** Addresses of pictures by file id. */
  pictures: Readonly<Record<string, string>>;
  /** What this group has beside its fields. */
  extra?: ReactNode;
}

function StaleDialog({ editor }: { editor: SettingsEditor }) {
  const t = useTranslations("settings.form");
  return editor.latest ? (
    <Dialog open>
      <DialogContent title={t("staleTitle")} description={t("staleBody")}>
        <DialogFooter className="mt-4">
          <Button onClick={() => void editor.settleStale(false)}>{t("staleReload")}</Button>
          <Button variant="primary" onClick={() => void editor.settleStale(true)}>
            {t("staleOverwrite")}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  ) : null;
}

/** Under a field: which variable fixes it, or the way back to the default. */
function FieldFooter({ editor, field }: { editor: SettingsEditor; field: FieldShape }) {
  const t = useTranslations("settings.form");
  const { view, draft } = editor;
  const fixedBy = view.fixed[field.name];
  if (fixedBy) {
    return <span>{t("fixed", { name: fixedBy })}</span>;
  }
  return sameValue(draft[field.name], view.inherited[field.name]) ? null : (
    <button
      type="button"
      className="inline-flex items-center gap-1 rounded-xs text-accent-ink hover:underline touch:min-h-11"
      onClick={() => editor.change(field.name, view.inherited[field.name])}
    >
      <RotateCcw aria-hidden className="size-3.5" />
      {t("restore")}
    </button>
  );
}

function GroupField({
  editor,
  field,
  pictures,
}: { editor: SettingsEditor; field: FieldShape } & Pick<SettingsFormProps, "pictures">) {
  const text = useSettingText();
  const { view } = editor;
  const path = `${view.group}.${field.name}`;
  const disabled = field.name in view.fixed;
  if (field.kind === "secret") {
    return (
      <Field label={text(`${path}.label`) ?? field.name} help={text(`${path}.hint`)} error={editor.problem(field.name)}>
        {(control) => (
          <SecretControl
            control={control}
            isSet={view.secretsSet.includes(field.name)}
            value={editor.secrets[field.name]}
            disabled={disabled}
            onChange={(value) => editor.changeSecret(field.name, value)}
          />
        )}
      </Field>
    );
  }
  const showsFooter = disabled || !sameValue(editor.draft[field.name], view.inherited[field.name]);
  return (
    <SettingField
      field={field}
      path={path}
      value={editor.draft[field.name]}
      disabled={disabled}
      text={text}
      problem={editor.problem}
      pictures={pictures}
      footer={showsFooter ? <FieldFooter editor={editor} field={field} /> : undefined}
      onChange={(value) => editor.change(field.name, value)}
    />
  );
}

/** The form of one group, made from its schema: a new group needs no form of its own (features.md P3). */
export function SettingsForm({ view, fields, pictures, extra }: SettingsFormProps) {
  const t = useTranslations("settings.form");
  const text = useSettingText();
  const editor = useSettingsEditor(view, fields);
  return (
    <PageFrame
      width="form"
      back={{ href: "/admin/settings", label: t("back") }}
      title={text(`${view.group}.title`) ?? view.group}
      description={text(`${view.group}.description`)}
    >
      {extra}
      <Card>
        <CardBody className="flex flex-col gap-6 py-5">
          {fields.map((field) => (
            <GroupField key={field.name} editor={editor} field={field} pictures={pictures} />
          ))}
        </CardBody>
      </Card>
      <SaveBar
        dirty={editor.dirty}
        saving={editor.saving}
        onSave={() => void editor.save()}
        onReset={() => editor.reset()}
      />
      <StaleDialog editor={editor} />
    </PageFrame>
  );
}
