"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Checkbox } from "@/components/ui/checkbox";
import { SearchInput } from "@/components/ui/data-table-toolbar";
import { Select } from "@/components/ui/select";
import type { Agent } from "@/lib/identity/schema";
import { TEAM_ROLES, type TeamRole } from "@/lib/identity/team-contracts";

export type Members = ReadonlyMap<string, TeamRole>;

export interface TeamMembersProps {
  agents: readonly Agent[];
  members: Members;
  onChange: (members: Members) => void;
}

interface MemberRowProps {
  agent: Agent;
  role: TeamRole | undefined;
  onRole: (role: TeamRole | undefined) => void;
}

function MemberRow({ agent, role, onRole }: MemberRowProps) {
  const t = useTranslations("admin-agents.team");
  return (
    <li className="flex min-h-11 items-center gap-2.5 py-1">
      <Checkbox
        aria-label={t("isMember", { name: agent.name })}
        checked={role !== undefined}
        onCheckedChange={(checked) => onRole(checked === true ? "member" : undefined)}
      />
      <Avatar name={agent.name} src={agent.avatarUrl} presence={agent.disabled ? undefined : agent.presence} />
      <span className="min-w-0 flex-1 truncate">{agent.name}</span>
      {role === undefined ? null : (
        <Select
          aria-label={t("roleOf", { name: agent.name })}
          className="w-28 shrink-0"
          value={role}
          options={TEAM_ROLES.map((value) => ({ value, label: t(`roles.${value}`) }))}
          onValueChange={onRole}
        />
      )}
    </li>
  );
}

/** Everybody of the merchant, each in or out, as member or lead. */
export function TeamMembers({ agents, members, onChange }: TeamMembersProps) {
  const t = useTranslations("admin-agents");
  const [search, setSearch] = useState("");
  const words = search.toLowerCase();
  const shown = agents.filter(
    (agent) => (!agent.disabled || members.has(agent.id)) && agent.name.toLowerCase().includes(words),
  );
  function setRole(id: string, role: TeamRole | undefined): void {
    const next = new Map(members);
    if (role === undefined) {
      next.delete(id);
    } else {
      next.set(id, role);
    }
    onChange(next);
  }
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 font-medium text-sm">{t("team.membersCount", { count: members.size })}</legend>
      <p className="text-ink-subtle text-sm">{t("team.leadHelp")}</p>
      {agents.length > 8 ? <SearchInput value={search} placeholder={t("search")} onSearch={setSearch} /> : null}
      <ul className="divide-y divide-line">
        {shown.map((agent) => (
          <MemberRow
            key={agent.id}
            agent={agent}
            role={members.get(agent.id)}
            onRole={(role) => setRole(agent.id, role)}
          />
        ))}
      </ul>
    </fieldset>
  );
}
