"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { useConfirmLeave } from "@/components/settings/use-confirm-leave";
import { useFieldProblems } from "@/components/settings/use-field-problems";
import { useRequest } from "@/components/settings/use-request";
import { useUnsavedGuard } from "@/components/settings/use-unsaved-guard";
import { Button } from "@/components/ui/button";
import { Sheet, SheetContent } from "@/components/ui/sheet";
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

/** Draft, problems and saving of the sheet. */
function useAgentSheet({ agent, onClose, onSaved }: AgentSheetProps) {
  const { call } = useRequest();
  const mayLeave = useConfirmLeave();
  const problems = useFieldProblems();
  const start = agent ? draftOfAgent(agent) : NEW_AGENT;
  const [draft, setDraft] = useState(start);
  const [saving, setSaving] = useState(false);
  const dirty = JSON.stringify(draft) !== JSON.stringify(start);
  useUnsavedGuard(dirty && !saving);

  async function save(): Promise<void> {
    const body = problems.check(agentInput, { ...draft, capacity: Number(draft.capacity || Number.NaN) });
    if (!body) {
      return;
    }
    setSaving(true);
    try {
      if (agent) {
        const { email: _, ...change } = body;
        onSaved(await call(updateAgent, { params: { id: agent.id }, body: change }), null);
      } else {
        const made = await call(createAgent, { body });
        onSaved(made.agent, made.password);
      }
    } catch (error) {
      toast.error(problems.report(error));
    } finally {
      setSaving(false);
    }
  }

  return {
    draft,
    saving,
    problem: problems.textWithin,
    change: (patch: Partial<AgentDraft>) => setDraft({ ...draft, ...patch }),
    save,
    close: async () => {
      if (await mayLeave(dirty)) {
        onClose();
      }
    },
  };
}

/** The form for one agent, in a sheet beside the list. */
export function AgentSheet(props: AgentSheetProps) {
  const t = useTranslations("admin-agents");
  const common = useTranslations("common");
  const sheet = useAgentSheet(props);
  const isNew = props.agent === undefined;
  return (
    <Sheet open onOpenChange={(open) => (open ? undefined : void sheet.close())}>
      <SheetContent title={isNew ? t("add") : t("editTitle")}>
        <form
          noValidate
          className="flex min-h-full flex-col"
          onSubmit={(event) => {
            event.preventDefault();
            void sheet.save();
          }}
        >
          <div className="flex-1 p-4">
            <AgentForm draft={sheet.draft} isNew={isNew} problem={sheet.problem} onChange={sheet.change} />
          </div>
          <div className="sticky bottom-0 flex justify-end gap-2 border-line border-t bg-raised px-4 py-3">
            <Button onClick={() => void sheet.close()}>{common("cancel")}</Button>
            <Button type="submit" variant="primary" loading={sheet.saving}>
              {isNew ? t("add") : common("save")}
            </Button>
          </div>
        </form>
      </SheetContent>
    </Sheet>
  );
}
