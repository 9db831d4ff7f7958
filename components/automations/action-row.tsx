"use client";

import { useTranslations } from "next-intl";
import { TagInput } from "@/components/settings/tag-input";
import { NamedChoice, PriorityChoice, TypeChoice } from "@/components/tickets/choice-fields";
import { useTicketChoices } from "@/components/tickets/use-ticket-choices";
import { Field, type FieldControlProps } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { ACTION_TYPES, type RuleAction } from "@/lib/automations/schema";
import { SUBJECT_MAX } from "@/lib/tickets/schema";
import { emptyAction } from "./rule-draft";
import { ACTION_WORDS, PRIORITY_WORDS } from "./rule-words";

export interface RuleAgent {
  readonly id: string;
  readonly name: string;
}

export interface ActionRowProps {
  action: RuleAction;
  agents: readonly RuleAgent[];
  /** Skills that some agent has. */
  skills: readonly string[];
  problem: string | undefined;
  onChange: (action: RuleAction) => void;
}

const ANY_SKILL = "-";

type Detail<Type extends RuleAction["type"]> = Omit<ActionRowProps, "action"> & {
  readonly control: FieldControlProps;
  readonly action: Extract<RuleAction, { type: Type }>;
};

function SkillDetail({ control, action, skills, onChange }: Detail<"queue">) {
  const t = useTranslations("admin-rules");
  const known = [...new Set([...skills, ...(action.skill ? [action.skill] : [])])];
  return (
    <Select
      {...control}
      value={action.skill ?? ANY_SKILL}
      options={[{ value: ANY_SKILL, label: t("anySkill") }, ...known.map((value) => ({ value, label: value }))]}
      onValueChange={(skill) => onChange({ ...action, skill: skill === ANY_SKILL ? null : skill })}
    />
  );
}

function AgentDetail({ control, action, agents, onChange }: Detail<"assign">) {
  const t = useTranslations("admin-rules");
  return (
    <Select
      {...control}
      value={action.agentId === "" ? undefined : action.agentId}
      placeholder={t("chooseAgent")}
      options={agents.map(({ id, name }) => ({ value: id, label: name }))}
      onValueChange={(agentId) => onChange({ ...action, agentId })}
    />
  );
}

function PriorityDetail({ control, action, onChange }: Detail<"priority">) {
  const t = useTranslations("admin-rules");
  return (
    <Select
      {...control}
      value={String(action.priority)}
      options={PRIORITY_WORDS.map((word, index) => ({ value: String(index), label: t(word) }))}
      onValueChange={(priority) => onChange({ ...action, priority: Number(priority) })}
    />
  );
}

function WordsDetail({ control, action, onChange }: Detail<"reply" | "note">) {
  const t = useTranslations("admin-rules");
  return (
    <Textarea
      {...control}
      grow
      value={action.text}
      maxLength={2_000}
      placeholder={t(action.type === "reply" ? "replyHint" : "noteHint")}
      onChange={(event) => onChange({ ...action, text: event.target.value })}
    />
  );
}

function TicketDetail({ control, action, agents, onChange }: Detail<"ticket">) {
  const t = useTranslations("admin-rules");
  const fields = useTranslations("tickets.fields");
  const { choices } = useTicketChoices();
  return (
    <div className="grid gap-3">
      <Input
        {...control}
        value={action.subject}
        maxLength={SUBJECT_MAX}
        placeholder={t("ticketSubject")}
        onChange={(event) => onChange({ ...action, subject: event.target.value })}
      />
      <div className="grid gap-3 sm:grid-cols-3">
        <Field label={fields("priority")}>
          {(own) => (
            <PriorityChoice
              control={own}
              value={action.priority}
              onChange={(priority) => onChange({ ...action, priority })}
            />
          )}
        </Field>
        <Field label={fields("type")}>
          {(own) => (
            <TypeChoice
              control={own}
              types={choices?.types ?? []}
              value={action.kind}
              onChange={(kind) => onChange({ ...action, kind })}
            />
          )}
        </Field>
        <Field label={fields("assignee")}>
          {(own) => (
            <NamedChoice
              control={own}
              kind="assignee"
              options={agents}
              value={action.assigneeId}
              onChange={(assigneeId) => onChange({ ...action, assigneeId })}
            />
          )}
        </Field>
      </div>
    </div>
  );
}

/** What an action needs to know. */
function ActionDetail({ control, ...props }: ActionRowProps & { readonly control: FieldControlProps }) {
  const t = useTranslations("admin-rules");
  const { action, onChange } = props;
  switch (action.type) {
    case "queue":
      return <SkillDetail {...props} control={control} action={action} />;
    case "assign":
      return <AgentDetail {...props} control={control} action={action} />;
    case "priority":
      return <PriorityDetail {...props} control={control} action={action} />;
    case "tag":
      return (
        <TagInput
          control={control}
          value={action.tags}
          max={10}
          placeholder={t("tagsHint")}
          onChange={(tags) => onChange({ ...action, tags })}
        />
      );
    case "ticket":
      return <TicketDetail {...props} control={control} action={action} />;
    case "webhook":
      return (
        <Input
          {...control}
          type="url"
          value={action.url}
          maxLength={500}
          placeholder={t("urlHint")}
          onChange={(event) => onChange({ ...action, url: event.target.value })}
        />
      );
    default:
      return <WordsDetail {...props} control={control} action={action} />;
  }
}

/** One action with what it needs to know. */
export function ActionRow(props: ActionRowProps) {
  const t = useTranslations("admin-rules");
  return (
    <div className="grid gap-2">
      <Field hideLabel label={t("action")}>
        {(control) => (
          <Select
            {...control}
            value={props.action.type}
            options={ACTION_TYPES.map((value) => ({ value, label: t(ACTION_WORDS[value]) }))}
            onValueChange={(type) => props.onChange(emptyAction(type))}
          />
        )}
      </Field>
      <Field hideLabel label={t("detail")} error={props.problem}>
        {(control) => <ActionDetail {...props} control={control} />}
      </Field>
    </div>
  );
}
