"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { LineList } from "@/components/settings/line-list";
import { useFieldProblems } from "@/components/settings/use-field-problems";
import { useRequest } from "@/components/settings/use-request";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { createIntent, updateIntent } from "@/lib/bot/intent-contracts";
import {
  EXAMPLE_MAX,
  EXAMPLES_MAX,
  INTENT_ACTIONS,
  type Intent,
  type IntentInput,
  intentInput,
} from "@/lib/bot/intent-schema";

export const EMPTY_INTENT: IntentInput = {
  name: "",
  examples: [],
  action: "answer",
  priority: null,
  skill: null,
  enabled: true,
};

const PRIORITIES = ["0", "1", "2", "3"] as const;
const AS_IT_IS = "none";

interface FieldsProps {
  draft: IntentInput;
  skills: readonly string[];
  problems: ReturnType<typeof useFieldProblems>;
  onChange: (change: Partial<IntentInput>) => void;
}

function Doing({ draft, skills, problems, onChange }: FieldsProps) {
  const t = useTranslations("admin-bot.intentsView");
  return (
    <>
      <Field label={t("action")} help={t(`actionHint.${draft.action}`)}>
        {(control) => (
          <Select
            {...control}
            value={draft.action}
            onValueChange={(action) => onChange({ action: action as IntentInput["action"] })}
            options={INTENT_ACTIONS.map((value) => ({ value: value as string, label: t(`actionOf.${value}`) }))}
          />
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t("priority")}>
          {(control) => (
            <Select
              {...control}
              value={draft.priority === null ? AS_IT_IS : String(draft.priority)}
              onValueChange={(value) => onChange({ priority: value === AS_IT_IS ? null : Number(value) })}
              options={[
                { value: AS_IT_IS as string, label: t("asItIs") },
                ...PRIORITIES.map((value) => ({ value: value as string, label: t(`levelOf.${value}`) })),
              ]}
            />
          )}
        </Field>
        <Field optional label={t("skill")} help={t("skillHint")} error={problems.text("skill")}>
          {(control) => (
            <>
              <Input
                {...control}
                value={draft.skill ?? ""}
                maxLength={40}
                list={`${control.id}-skills`}
                onChange={(event) => onChange({ skill: event.target.value === "" ? null : event.target.value })}
              />
              <datalist id={`${control.id}-skills`}>
                {skills.map((skill) => (
                  <option key={skill} value={skill} />
                ))}
              </datalist>
            </>
          )}
        </Field>
      </div>
    </>
  );
}

function IntentFields(props: FieldsProps) {
  const { draft, problems, onChange } = props;
  const t = useTranslations("admin-bot.intentsView");
  return (
    <>
      <Field required label={t("name")} help={t("nameHint")} error={problems.text("name")}>
        {(control) => (
          <Input
            {...control}
            value={draft.name}
            maxLength={60}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        )}
      </Field>
      <div className="flex flex-col gap-1">
        <p className="font-medium text-sm">{t("examples")}</p>
        <p className="text-ink-muted text-sm">{t("examplesHint")}</p>
        <LineList
          label={t("examples")}
          value={draft.examples}
          max={EXAMPLES_MAX}
          maxLength={EXAMPLE_MAX}
          addLabel={t("addExample")}
          placeholder={t("examplePlaceholder")}
          problem={(index) => problems.text(`examples.${index}`)}
          onChange={(examples) => onChange({ examples })}
        />
      </div>
      <Doing {...props} />
      <Field inline label={t("enabled")}>
        {(control) => (
          <Switch {...control} checked={draft.enabled} onCheckedChange={(enabled: boolean) => onChange({ enabled })} />
        )}
      </Field>
    </>
  );
}

export interface IntentDialogProps {
  /** The intent as it is; undefined for a new one. */
  intent: Intent | undefined;
  start: IntentInput;
  skills: readonly string[];
  onClose: () => void;
  onSaved: () => void;
}

/** The form of one intent. */
export function IntentDialog({ intent, start, skills, onClose, onSaved }: IntentDialogProps) {
  const t = useTranslations("admin-bot.intentsView");
  const common = useTranslations("common");
  const { call } = useRequest();
  const problems = useFieldProblems();
  const [draft, setDraft] = useState(start);
  const [saving, setSaving] = useState(false);

  async function save(): Promise<void> {
    const examples = draft.examples.filter((line) => line.trim() !== "");
    const body = problems.check(intentInput, { ...draft, examples });
    if (!body) {
      return;
    }
    setSaving(true);
    try {
      await (intent
        ? call(updateIntent, { params: { id: intent.id }, body: { ...body, version: intent.version } })
        : call(createIntent, { body }));
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
      <DialogContent title={intent ? t("edit") : t("add")}>
        <form
          noValidate
          className="contents"
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <DialogBody className="flex flex-col gap-4">
            <IntentFields
              draft={draft}
              skills={skills}
              problems={problems}
              onChange={(change) => setDraft({ ...draft, ...change })}
            />
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
