"use client";

import { useTranslations } from "next-intl";
import { FormSheet } from "@/components/settings/form-frame";
import { useDraftForm } from "@/components/settings/use-draft-form";
import { useRequest } from "@/components/settings/use-request";
import { createAgent, updateAgent } from "@/lib/identity/contracts";
import { type Agent, agentInput } from "@/lib/identity/schema";
import { type AgentDraft, AgentForm, draftOfAgent, NEW_AGENT } from "./agent-form";

export interface AgentSheetProps {
  /** Undefined for a new one. */
  agent: Agent | undefined;
  onClose: () => void;
  /** `password` is the generated one of a new agent. */
  onSaved: (agent: Agent, password: string | null) => void;
}

/** The form for one agent, in a sheet beside the list. */
export function AgentSheet({ agent, onClose, onSaved }: AgentSheetProps) {
  const t = useTranslations("admin-agents");
  const { call } = useRequest();
  const form = useDraftForm({
    start: (): AgentDraft => (agent ? draftOfAgent(agent) : NEW_AGENT),
    schema: agentInput,
    inputOf: (draft) => ({ ...draft, capacity: Number(draft.capacity || Number.NaN) }),
    save: async (body) => {
      if (!agent) {
        return call(createAgent, { body });
      }
      const { email: _, ...change } = body;
      return { agent: await call(updateAgent, { params: { id: agent.id }, body: change }), password: null };
    },
    told: null,
    onClose,
    onSaved: (saved) => onSaved(saved.agent, saved.password),
  });
  return (
    <FormSheet title={t(agent ? "editTitle" : "add")} form={form} {...(!agent && { submitLabel: t("add") })}>
      <AgentForm draft={form.draft} isNew={!agent} problem={form.problemWithin} onChange={form.change} />
    </FormSheet>
  );
}
