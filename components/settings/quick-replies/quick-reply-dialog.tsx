"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { toast } from "sonner";
import { CONTENT_LANGUAGES } from "@/components/knowledge/languages";
import { useLanguageName } from "@/components/knowledge/use-language-name";
import { Button } from "@/components/ui/button";
import { useConfirm } from "@/components/ui/confirm";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { createQuickReply, type QuickReply, updateQuickReply } from "@/lib/conversations/quick-reply-contracts";
import { useFieldProblems } from "../use-field-problems";
import { useRequest } from "../use-request";

export interface QuickReplyDialogProps {
  /** Undefined for a new one. */
  reply: QuickReply | undefined;
  folders: readonly string[];
  onClose: () => void;
  onSaved: () => void;
}

const EMPTY = { title: "", shortcut: "", folder: "", language: "zh-CN", text: "" };

function draftOf(reply: QuickReply | undefined): typeof EMPTY {
  if (!reply) {
    return EMPTY;
  }
  const { title, shortcut, folder, language, text } = reply;
  return { title, shortcut, folder, language, text };
}

/** The form of one shared quick reply. */
export function QuickReplyDialog({ reply, folders, onClose, onSaved }: QuickReplyDialogProps) {
  const t = useTranslations("admin.quickReplies");
  const common = useTranslations("common");
  const languageName = useLanguageName();
  const confirm = useConfirm();
  const { call } = useRequest();
  const problems = useFieldProblems();
  const listId = useId();
  const start = draftOf(reply);
  const [draft, setDraft] = useState(start);
  const [saving, setSaving] = useState(false);
  const dirty = JSON.stringify(draft) !== JSON.stringify(start);
  const change = (patch: Partial<typeof EMPTY>) => setDraft({ ...draft, ...patch });

  async function close(): Promise<void> {
    const leave =
      !dirty ||
      (await confirm({
        title: common("unsavedTitle"),
        body: common("unsavedBody"),
        confirmLabel: common("leave"),
        cancelLabel: common("stay"),
        danger: true,
      }));
    if (leave) {
      onClose();
    }
  }

  async function save(): Promise<void> {
    const body = problems.check(createQuickReply.body, { ...draft, personal: false });
    if (!body) {
      return;
    }
    setSaving(true);
    try {
      if (reply) {
        const { personal: _, ...patch } = body;
        await call(updateQuickReply, { params: { id: reply.id }, body: patch });
      } else {
        await call(createQuickReply, { body });
      }
      toast.success(common("saved"));
      onSaved();
    } catch (error) {
      toast.error(problems.report(error));
    } finally {
      setSaving(false);
    }
  }

  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : void close())}>
      <DialogContent title={reply ? t("editTitle") : t("add")}>
        <form
          noValidate
          className="contents"
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <DialogBody className="flex flex-col gap-4">
            <Field required label={t("name")} help={t("nameHelp")} error={problems.text("title")}>
              {(control) => (
                <Input
                  {...control}
                  value={draft.title}
                  maxLength={80}
                  onChange={(event) => change({ title: event.target.value })}
                />
              )}
            </Field>
            <Field
              required
              label={t("text")}
              help={t("textHelp", { variables: "{{customer.name}} {{agent.name}}" })}
              error={problems.text("text")}
            >
              {(control) => (
                <Textarea
                  {...control}
                  grow
                  value={draft.text}
                  maxLength={5_000}
                  className="min-h-28"
                  onChange={(event) => change({ text: event.target.value })}
                />
              )}
            </Field>
            <div className="grid gap-4 sm:grid-cols-2">
              <Field optional label={t("shortcut")} help={t("shortcutHelp")} error={problems.text("shortcut")}>
                {(control) => (
                  <Input
                    {...control}
                    value={draft.shortcut}
                    maxLength={20}
                    leading="/"
                    onChange={(event) => change({ shortcut: event.target.value.replace(/^\/+|\s/gu, "") })}
                  />
                )}
              </Field>
              <Field optional label={t("folder")} error={problems.text("folder")}>
                {(control) => (
                  <>
                    <Input
                      {...control}
                      list={listId}
                      value={draft.folder}
                      maxLength={40}
                      onChange={(event) => change({ folder: event.target.value })}
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
                    onValueChange={(language) => change({ language })}
                    options={CONTENT_LANGUAGES.map((value) => ({ value, label: languageName(value) }))}
                  />
                )}
              </Field>
            </div>
          </DialogBody>
          <DialogFooter>
            <Button onClick={() => void close()}>{common("cancel")}</Button>
            <Button type="submit" variant="primary" loading={saving}>
              {common("save")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
