"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { useConfirmLeave } from "@/components/settings/use-confirm-leave";
import { useFieldProblems } from "@/components/settings/use-field-problems";
import { useRequest } from "@/components/settings/use-request";
import { useUnsavedGuard } from "@/components/settings/use-unsaved-guard";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Sheet, SheetContent } from "@/components/ui/sheet";
import type { Agent } from "@/lib/identity/schema";
import { createTeam, type Team, updateTeam } from "@/lib/identity/team-contracts";
import { type Members, TeamMembers } from "./team-members";

export interface TeamSheetProps {
  /** Undefined for a new one. */
  team: Team | undefined;
  agents: readonly Agent[];
  onClose: () => void;
  onSaved: (team: Team) => void;
}

interface TeamDraft {
  readonly name: string;
  readonly description: string;
  readonly members: Members;
}

const wire = ({ members, ...rest }: TeamDraft) => ({
  ...rest,
  members: [...members].map(([agentId, role]) => ({ agentId, role })),
});

/** Draft, problems and saving of the sheet. */
function useTeamSheet({ team, onClose, onSaved }: TeamSheetProps) {
  const { call } = useRequest();
  const mayLeave = useConfirmLeave();
  const problems = useFieldProblems();
  const [start] = useState<TeamDraft>(() => ({
    name: team?.name ?? "",
    description: team?.description ?? "",
    members: new Map(team?.members.map((member) => [member.agentId, member.role])),
  }));
  const [draft, setDraft] = useState(start);
  const [saving, setSaving] = useState(false);
  const dirty = JSON.stringify(wire(draft)) !== JSON.stringify(wire(start));
  useUnsavedGuard(dirty && !saving);

  async function save(): Promise<void> {
    const body = problems.check(createTeam.body, wire(draft));
    if (!body) {
      return;
    }
    setSaving(true);
    try {
      onSaved(team ? await call(updateTeam, { params: { id: team.id }, body }) : await call(createTeam, { body }));
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
    change: (patch: Partial<TeamDraft>) => setDraft({ ...draft, ...patch }),
    save,
    close: async () => {
      if (await mayLeave(dirty)) {
        onClose();
      }
    },
  };
}

function TeamFields({ sheet, agents }: { sheet: ReturnType<typeof useTeamSheet>; agents: readonly Agent[] }) {
  const t = useTranslations("admin-agents.team");
  return (
    <div className="flex flex-1 flex-col gap-4 p-4">
      <Field required label={t("name")} help={t("nameHelp")} error={sheet.problem("name")}>
        {(control) => (
          <Input
            {...control}
            value={sheet.draft.name}
            maxLength={40}
            autoComplete="off"
            onChange={(event) => sheet.change({ name: event.target.value })}
          />
        )}
      </Field>
      <Field optional label={t("description")} error={sheet.problem("description")}>
        {(control) => (
          <Input
            {...control}
            value={sheet.draft.description}
            maxLength={200}
            onChange={(event) => sheet.change({ description: event.target.value })}
          />
        )}
      </Field>
      <TeamMembers agents={agents} members={sheet.draft.members} onChange={(members) => sheet.change({ members })} />
    </div>
  );
}

/** The form for one team, in a sheet beside the list. */
export function TeamSheet(props: TeamSheetProps) {
  const t = useTranslations("admin-agents.team");
  const common = useTranslations("common");
  const sheet = useTeamSheet(props);
  return (
    <Sheet open onOpenChange={(open) => (open ? undefined : void sheet.close())}>
      <SheetContent title={props.team ? t("edit") : t("add")}>
        <form
          noValidate
          className="flex min-h-full flex-col"
          onSubmit={(event) => {
            event.preventDefault();
            void sheet.save();
          }}
        >
          <TeamFields sheet={sheet} agents={props.agents} />
          <div className="sticky bottom-0 flex justify-end gap-2 border-line border-t bg-raised px-4 py-3">
            <Button onClick={() => void sheet.close()}>{common("cancel")}</Button>
            <Button type="submit" variant="primary" loading={sheet.saving}>
              {common("save")}
            </Button>
          </div>
        </form>
      </SheetContent>
    </Sheet>
  );
}
