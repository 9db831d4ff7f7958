"use client";

import { useTranslations } from "next-intl";
import { FormDialog } from "@/components/settings/form-frame";
import { useDraftForm } from "@/components/settings/use-draft-form";
import { useRequest } from "@/components/settings/use-request";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { createCase, updateCase } from "@/lib/bot/case-contracts";
import { type BotCase, REPLY_KINDS } from "@/lib/bot/case-schema";
import { EntryPicker } from "./entry-picker";

const EMPTY = { says: "", kind: "any", entry: { question: "", entryId: "" }, contains: "", excludes: "", note: "" };
type CaseDraft = typeof EMPTY;

/** An expected entry that has gone is left out: it cannot be chosen again. */
function draftOf({ says, expected, entryQuestion, note }: BotCase): CaseDraft {
  return {
    says: says.join("\n"),
    kind: expected.kind ?? "any",
    entry: { question: entryQuestion ?? "", entryId: expected.entryId ?? "" },
    contains: expected.contains ?? "",
    excludes: expected.excludes ?? "",
    note,
  };
}

function bodyOf({ says, kind, entry, contains, excludes, note }: CaseDraft) {
  return {
    says: says
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean),
    expected: {
      kind: kind === "any" ? undefined : kind,
      entryId: entry.question.trim() === "" ? undefined : entry.entryId,
      contains: contains.trim() || undefined,
      excludes: excludes.trim() || undefined,
    },
    note,
  };
}

function CaseFields({
  draft,
  problem,
  onChange,
}: {
  draft: CaseDraft;
  problem: (path: string) => string | undefined;
  onChange: (change: Partial<CaseDraft>) => void;
}) {
  const t = useTranslations("admin-bot.casesView");
  const kinds = useTranslations("admin-bot.playgroundView.kindOf");
  const unknownEntry = problem("expected.entryId");
  const textField = (name: "contains" | "excludes" | "note") => (
    <Field key={name} optional label={t(name)}>
      {(control) => (
        <Input
          {...control}
          value={draft[name]}
          maxLength={200}
          onChange={(event) => onChange({ [name]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <>
      <Field required label={t("saysLabel")} help={t("saysHint")} error={problem("says")}>
        {(control) => (
          <Textarea
            {...control}
            grow
            value={draft.says}
            className="min-h-20"
            onChange={(event) => onChange({ says: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("kind")} error={problem("expected") && !unknownEntry ? t("needExpectation") : undefined}>
        {(control) => (
          <Select
            {...control}
            value={draft.kind}
            onValueChange={(kind) => onChange({ kind })}
            options={[
              { value: "any", label: t("kindAny") },
              ...REPLY_KINDS.map((value) => ({ value: value as string, label: kinds(value) })),
            ]}
          />
        )}
      </Field>
      <EntryPicker value={draft.entry} error={unknownEntry} onChange={(entry) => onChange({ entry })} />
      {textField("contains")}
      {textField("excludes")}
      {textField("note")}
    </>
  );
}

export interface CaseDialogProps {
  /** The case as it is; undefined for a new one. */
  each: BotCase | undefined;
  onClose: () => void;
  onSaved: () => void;
}

/** The form of one case. */
export function CaseDialog({ each, onClose, onSaved }: CaseDialogProps) {
  const t = useTranslations("admin-bot.casesView");
  const { call } = useRequest();
  const form = useDraftForm({
    start: () => (each ? draftOf(each) : EMPTY),
    schema: createCase.body,
    inputOf: bodyOf,
    save: (body): Promise<unknown> =>
      each
        ? call(updateCase, { params: { id: each.id }, body: { ...body, version: each.version } })
        : call(createCase, { body }),
    onClose,
    onSaved,
  });
  return (
    <FormDialog title={t(each ? "edit" : "add")} form={form}>
      <CaseFields draft={form.draft} problem={form.problemWithin} onChange={form.change} />
    </FormDialog>
  );
}
