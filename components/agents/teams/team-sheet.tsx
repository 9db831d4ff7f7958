"use client";

import { useTranslations } from "next-intl";
import { FormSheet } from "@/components/settings/form-frame";
import { useDraftForm } from "@/components/settings/use-draft-form";
import { useRequest } from "@/components/settings/use-request";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
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

function useTeamForm({ team, onClose, onSaved }: TeamSheetProps) {
  const { call } = useRequest();
  return useDraftForm({
    start: (): TeamDraft => ({
      name: team?.name ?? "",
      description: team?.description ?? "",
      members: new Map(team?.members.map((member) => [member.agentId, member.role])),
    }),
    schema: createTeam.body,
    inputOf: wire,
    save: (body) => (team ? call(updateTeam, { params: { id: team.id }, body }) : call(createTeam, { body })),
    told: null,
    onClose,
    onSaved,
  });
}

function TeamFields({ form, agents }: { form: ReturnType<typeof useTeamForm>; agents: readonly Agent[] }) {
  const t = useTranslations("admin-agents.team");
  return (
    <>
      <Field required label={t("name")} help={t("nameHelp")} error={form.problemWithin("name")}>
        {(control) => (
          <Input
            {...control}
            value={form.draft.name}
            maxLength={40}
            autoComplete="off"
            onChange={(event) => form.change({ name: event.target.value })}
          />
        )}
      </Field>
      <Field optional label={t("description")} error={form.problemWithin("description")}>
        {(control) => (
          <Input
            {...control}
            value={form.draft.description}
            maxLength={200}
            onChange={(event) => form.change({ description: event.target.value })}
          />
        )}
      </Field>
      <TeamMembers agents={agents} members={form.draft.members} onChange={(members) => form.change({ members })} />
    </>
  );
}

/** The form for one team, in a sheet beside the list. */
export function TeamSheet(props: TeamSheetProps) {
  const t = useTranslations("admin-agents.team");
  const form = useTeamForm(props);
  return (
    <FormSheet title={t(props.team ? "edit" : "add")} form={form}>
      <TeamFields form={form} agents={props.agents} />
    </FormSheet>
  );
}
