"use client";

import { useTranslations } from "next-intl";
import { TagInput } from "@/components/settings/tag-input";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Radio, RadioGroup } from "@/components/ui/radio-group";
import { ROLES, type Role } from "@/lib/identity/permissions";
import type { Agent } from "@/lib/identity/schema";

export interface AgentDraft {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  /** As typed; the schema makes it a number. */
  readonly capacity: string;
  readonly skills: readonly string[];
  readonly languages: readonly string[];
}

export const NEW_AGENT: AgentDraft = {
  name: "",
  email: "",
  role: "agent",
  capacity: "5",
  skills: [],
  languages: ["zh-CN"],
};

export function draftOfAgent(agent: Agent): AgentDraft {
  const { name, email, role, capacity, skills, languages } = agent;
  return { name, email, role, capacity: String(capacity), skills, languages };
}

export interface AgentFormProps {
  draft: AgentDraft;
  /** The address is fixed once the agent exists. */
  isNew: boolean;
  problem: (path: string) => string | undefined;
  onChange: (patch: Partial<AgentDraft>) => void;
}

function RoleField({ draft, isNew, onChange }: Omit<AgentFormProps, "problem">) {
  const t = useTranslations("admin-agents");
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 font-medium text-sm">{t("role")}</legend>
      <RadioGroup value={draft.role} aria-label={t("role")} onValueChange={(role) => onChange({ role: role as Role })}>
        {ROLES.map((role) => (
          <Radio key={role} value={role} label={t(`roles.${role}`)} help={t(`roleHelp.${role}`)} />
        ))}
      </RadioGroup>
      {isNew ? null : <p className="text-ink-subtle text-sm">{t("roleChangeNote")}</p>}
    </fieldset>
  );
}

/** Name, address, role with what it may do, capacity, skills and languages. */
export function AgentForm({ draft, isNew, problem, onChange }: AgentFormProps) {
  const t = useTranslations("admin-agents");
  return (
    <div className="flex flex-col gap-4">
      <Field required label={t("name")} error={problem("name")}>
        {(control) => (
          <Input
            {...control}
            value={draft.name}
            maxLength={60}
            autoComplete="off"
            onChange={(event) => onChange({ name: event.target.value })}
          />
        )}
      </Field>
      <Field required={isNew} label={t("email")} help={t("emailHelp")} error={problem("email")}>
        {(control) => (
          <Input
            {...control}
            type="email"
            value={draft.email}
            disabled={!isNew}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => onChange({ email: event.target.value })}
          />
        )}
      </Field>
      <RoleField draft={draft} isNew={isNew} onChange={onChange} />
      <Field required label={t("capacity")} help={t("capacityHelp")} error={problem("capacity")}>
        {(control) => (
          <Input
            {...control}
            type="number"
            inputMode="numeric"
            min={1}
            max={50}
            value={draft.capacity}
            className="w-28"
            onChange={(event) => onChange({ capacity: event.target.value })}
          />
        )}
      </Field>
      <Field optional label={t("skills")} help={t("skillsHelp")} error={problem("skills")}>
        {(control) => <TagInput control={control} value={draft.skills} onChange={(skills) => onChange({ skills })} />}
      </Field>
      <Field optional label={t("languages")} help={t("languagesHelp")} error={problem("languages")}>
        {(control) => (
          <TagInput
            control={control}
            value={draft.languages}
            max={10}
            suggestions={["zh-CN", "en"]}
            onChange={(languages) => onChange({ languages })}
          />
        )}
      </Field>
    </div>
  );
}
