"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { useFieldProblems } from "@/components/settings/use-field-problems";
import { useRequest } from "@/components/settings/use-request";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { createCase } from "@/lib/bot/case-contracts";
import { REPLY_KINDS } from "@/lib/bot/case-schema";

const EMPTY = { says: "", kind: "any", contains: "", excludes: "", note: "" };
type CaseDraft = typeof EMPTY;

function bodyOf({ says, kind, contains, excludes, note }: CaseDraft) {
  return {
    says: says
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean),
    expected: {
      kind: kind === "any" ? undefined : kind,
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
  onChange: (draft: CaseDraft) => void;
}) {
  const t = useTranslations("admin-bot.casesView");
  const kinds = useTranslations("admin-bot.playgroundView.kindOf");
  const textField = (name: "contains" | "excludes" | "note") => (
    <Field key={name} optional label={t(name)}>
      {(control) => (
        <Input
          {...control}
          value={draft[name]}
          maxLength={200}
          onChange={(event) => onChange({ ...draft, [name]: event.target.value })}
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
            onChange={(event) => onChange({ ...draft, says: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("kind")} error={problem("expected") === undefined ? undefined : t("needExpectation")}>
        {(control) => (
          <Select
            {...control}
            value={draft.kind}
            onValueChange={(kind) => onChange({ ...draft, kind })}
            options={[
              { value: "any", label: t("kindAny") },
              ...REPLY_KINDS.map((value) => ({ value: value as string, label: kinds(value) })),
            ]}
          />
        )}
      </Field>
      {textField("contains")}
      {textField("excludes")}
      {textField("note")}
    </>
  );
}

/** The form of one case. */
export function CaseDialog({ onClose, onSaved }: { onClose: () => void; onSaved: () => void }) {
  const t = useTranslations("admin-bot.casesView");
  const common = useTranslations("common");
  const { call } = useRequest();
  const problems = useFieldProblems();
  const [draft, setDraft] = useState(EMPTY);
  const [saving, setSaving] = useState(false);

  async function save(): Promise<void> {
    const body = problems.check(createCase.body, bodyOf(draft));
    if (!body) {
      return;
    }
    setSaving(true);
    try {
      await call(createCase, { body });
      toast.success(common("saved"));
      onSaved();
    } catch (error) {
      toast.error(problems.report(error));
    } finally {
      setSaving(false);
    }
  }

  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent title={t("add")}>
        <form
          noValidate
          className="contents"
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <DialogBody className="flex flex-col gap-4">
            <CaseFields draft={draft} problem={problems.textWithin} onChange={setDraft} />
          </DialogBody>
          <DialogFooter>
            <Button onClick={onClose}>{common("cancel")}</Button>
            <Button type="submit" variant="primary" loading={saving}>
              {common("save")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
