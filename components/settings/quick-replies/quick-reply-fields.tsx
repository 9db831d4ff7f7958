"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { CONTENT_LANGUAGES } from "@/components/knowledge/languages";
import { useLanguageName } from "@/components/knowledge/use-language-name";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { REPLY_VARIABLES } from "@/lib/core/reply-variables";
import type { QuickReplyDraft } from "./quick-reply-draft";

/** What the desk fills in when a reply is used. */
const VARIABLES = REPLY_VARIABLES.map((name) => `{{${name}}}`).join(" ");

export interface QuickReplyFieldsProps {
  draft: QuickReplyDraft;
  folders: readonly string[];
  problem: (path: string) => string | undefined;
  onChange: (patch: Partial<QuickReplyDraft>) => void;
}

function PlaceFields({ draft, folders, problem, onChange }: QuickReplyFieldsProps) {
  const t = useTranslations("quick-replies");
  const languageName = useLanguageName();
  const listId = useId();
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field optional label={t("shortcut")} help={t("shortcutHelp")} error={problem("shortcut")}>
        {(control) => (
          <Input
            {...control}
            value={draft.shortcut}
            maxLength={20}
            leading="/"
            onChange={(event) => onChange({ shortcut: event.target.value.replace(/^\/+|\s/gu, "") })}
          />
        )}
      </Field>
      <Field optional label={t("folder")} error={problem("folder")}>
        {(control) => (
          <>
            <Input
              {...control}
              list={listId}
              value={draft.folder}
              maxLength={40}
              onChange={(event) => onChange({ folder: event.target.value })}
            />
            <datalist id={listId}>
              {folders.map((folder) => (
                <option key={folder} value={folder} />
              ))}
            </datalist>
          </>
        )}
      </Field>
      <Field label={t("language")}>
        {(control) => (
          <Select
            {...control}
            value={draft.language}
            onValueChange={(language) => onChange({ language })}
            options={CONTENT_LANGUAGES.map((value) => ({ value, label: languageName(value) }))}
          />
        )}
      </Field>
    </div>
  );
}

/** Title and text first, then where it is found. */
export function QuickReplyFields(props: QuickReplyFieldsProps) {
  const { draft, problem, onChange } = props;
  const t = useTranslations("quick-replies");
  return (
    <>
      <Field required label={t("name")} help={t("nameHelp")} error={problem("title")}>
        {(control) => (
          <Input
            {...control}
            value={draft.title}
            maxLength={80}
            onChange={(event) => onChange({ title: event.target.value })}
          />
        )}
      </Field>
      <Field required label={t("text")} help={t("textHelp", { variables: VARIABLES })} error={problem("text")}>
        {(control) => (
          <Textarea
            {...control}
            grow
            value={draft.text}
            maxLength={5_000}
            className="min-h-28"
            onChange={(event) => onChange({ text: event.target.value })}
          />
        )}
      </Field>
      <PlaceFields {...props} />
    </>
  );
}
