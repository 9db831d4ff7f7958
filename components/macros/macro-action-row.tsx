"use client";

import { useTranslations } from "next-intl";
import { TagInput } from "@/components/settings/tag-input";
import { Field, type FieldControlProps } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { LONGEST_MACRO_SNOOZE_HOURS, MACRO_ACTION_TYPES, type MacroAction } from "@/lib/conversations/macro-schema";
import { REPLY_VARIABLES } from "@/lib/core/reply-variables";
import { emptyAction } from "./macro-draft";

export interface MacroAgent {
  readonly id: string;
  readonly name: string;
}

export interface MacroActionRowProps {
  action: MacroAction;
  agents: readonly MacroAgent[];
  skills: readonly string[];
  problem: string | undefined;
  onChange: (action: MacroAction) => void;
}

const PRIORITIES = ["0", "1", "2", "3"] as const;
const NOBODY = "-";
const VARIABLES = REPLY_VARIABLES.map((name) => `{{${name}}}`).join(" ");

type Detail = MacroActionRowProps & { readonly control: FieldControlProps };

function TextDetail({ control, action, onChange }: Detail) {
  const t = useTranslations("macros");
  return action.type === "reply" || action.type === "note" ? (
    <Textarea
      {...control}
      grow
      value={action.text}
      maxLength={2_000}
      placeholder={t("textHint", { variables: VARIABLES })}
      onChange={(event) => onChange({ ...action, text: event.target.value })}
    />
  ) : null;
}

function ChoiceDetail({ control, action, agents, skills, onChange }: Detail) {
  const t = useTranslations("macros");
  switch (action.type) {
    case "priority":
      return (
        <Select
          {...control}
          value={String(action.priority)}
          options={PRIORITIES.map((value) => ({ value, label: t(`priority${value}`) }))}
          onValueChange={(priority) => onChange({ ...action, priority: Number(priority) })}
        />
      );
    case "assign":
      return (
        <Select
          {...control}
          value={action.agentId ?? NOBODY}
          options={[{ value: NOBODY, label: t("me") }, ...agents.map(({ id, name }) => ({ value: id, label: name }))]}
          onValueChange={(id) => onChange({ ...action, agentId: id === NOBODY ? null : id })}
        />
      );
    case "queue":
      return (
        <Select
          {...control}
          value={action.skill ?? NOBODY}
          options={[
            { value: NOBODY, label: t("anySkill") },
            ...skills.map((skill) => ({ value: skill, label: skill })),
          ]}
          onValueChange={(skill) => onChange({ ...action, skill: skill === NOBODY ? null : skill })}
        />
      );
    default:
      return null;
  }
}

function ActionDetail(props: Detail) {
  const { control, action, onChange } = props;
  const t = useTranslations("macros");
  switch (action.type) {
    case "reply":
    case "note":
      return <TextDetail {...props} />;
    case "tag":
    case "untag":
      return (
        <TagInput
          control={control}
          value={action.tags}
          max={10}
          placeholder={t("tagsHint")}
          onChange={(tags) => onChange({ ...action, tags })}
        />
      );
    case "snooze":
      return (
        <Input
          {...control}
          type="number"
          min={1}
          max={LONGEST_MACRO_SNOOZE_HOURS}
          value={action.hours ?? ""}
          placeholder={t("untilReply")}
          trailing={<span className="pr-2 text-sm text-ink-subtle">{t("hours")}</span>}
          onChange={(event) =>
            onChange({ ...action, hours: event.target.value === "" ? null : Number(event.target.value) })
          }
        />
      );
    default:
      return <ChoiceDetail {...props} />;
  }
}

/** One action with what it needs to know. */
export function MacroActionRow(props: MacroActionRowProps) {
  const t = useTranslations("macros");
  const { action } = props;
  const plain = action.type === "resolve" || action.type === "bot";
  return (
    <div className="grid gap-2">
      <Field hideLabel label={t("actionLabel")}>
        {(control) => (
          <Select
            {...control}
            value={action.type}
            options={MACRO_ACTION_TYPES.map((value) => ({ value, label: t(`action.${value}`) }))}
            onValueChange={(type) => props.onChange(emptyAction(type))}
          />
        )}
      </Field>
      {plain ? null : (
        <Field hideLabel label={t(`action.${action.type}`)} error={props.problem}>
          {(control) => <ActionDetail {...props} control={control} />}
        </Field>
      )}
    </div>
  );
}
