"use client";

import { useTranslations } from "next-intl";
import { FormDialog } from "@/components/settings/form-frame";
import { LineList } from "@/components/settings/line-list";
import { useDraftForm } from "@/components/settings/use-draft-form";
import { useRequest } from "@/components/settings/use-request";
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
  problem: (path: string) => string | undefined;
  onChange: (change: Partial<IntentInput>) => void;
}

function Doing({ draft, skills, problem, onChange }: FieldsProps) {
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
        <Field optional label={t("skill")} help={t("skillHint")} error={problem("skill")}>
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
  const { draft, problem, onChange } = props;
  const t = useTranslations("admin-bot.intentsView");
  return (
    <>
      <Field required label={t("name")} help={t("nameHint")} error={problem("name")}>
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
          problem={(index) => problem(`examples.${index}`)}
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
  const { call } = useRequest();
  const form = useDraftForm({
    start: () => start,
    schema: intentInput,
    inputOf: (draft) => ({ ...draft, examples: draft.examples.filter((line) => line.trim() !== "") }),
    save: (body): Promise<unknown> =>
      intent
        ? call(updateIntent, { params: { id: intent.id }, body: { ...body, version: intent.version } })
        : call(createIntent, { body }),
    onClose,
    onSaved,
  });
  return (
    <FormDialog title={t(intent ? "edit" : "add")} form={form}>
      <IntentFields draft={form.draft} skills={skills} problem={form.problem} onChange={form.change} />
    </FormDialog>
  );
}
