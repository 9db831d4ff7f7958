"use client";

import { Ellipsis, Users } from "lucide-react";
import { useTranslations } from "next-intl";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { IconButton } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import type { Column, DataTableProps } from "@/components/ui/data-table-columns";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import type { Agent } from "@/lib/identity/schema";

export interface AgentActions {
  readonly edit: (agent: Agent) => void;
  readonly resetPassword: (agent: Agent) => void;
  readonly unlock: (agent: Agent) => void;
  readonly setDisabled: (agent: Agent, disabled: boolean) => void;
}

export interface AgentTableProps extends Pick<DataTableProps<Agent>, "toolbar"> {
  agents: readonly Agent[];
  /** The viewer's own membership. */
  ownId: string;
  /** Undefined for viewers who may only look. */
  actions: AgentActions | undefined;
  filtered: boolean;
}

function AgentMenu({ agent, own, actions }: { agent: Agent; own: boolean; actions: AgentActions }) {
  const t = useTranslations("admin-agents");
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <IconButton label={t("actions", { name: agent.name })}>
          <Ellipsis aria-hidden />
        </IconButton>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuItem onSelect={() => actions.edit(agent)}>{t("edit")}</DropdownMenuItem>
        <DropdownMenuItem onSelect={() => actions.resetPassword(agent)}>{t("resetPassword")}</DropdownMenuItem>
        <DropdownMenuItem onSelect={() => actions.unlock(agent)}>{t("unlock")}</DropdownMenuItem>
        <DropdownMenuSeparator />
        {agent.disabled ? (
          <DropdownMenuItem onSelect={() => actions.setDisabled(agent, false)}>{t("enable")}</DropdownMenuItem>
        ) : (
          <DropdownMenuItem danger disabled={own} onSelect={() => actions.setDisabled(agent, true)}>
            {t("disable")}
          </DropdownMenuItem>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

function NameCell({ agent, own, onEdit }: { agent: Agent; own: boolean; onEdit: AgentActions["edit"] | undefined }) {
  const t = useTranslations("admin-agents");
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <Avatar name={agent.name} src={agent.avatarUrl} presence={agent.disabled ? undefined : agent.presence} />
      <span className="min-w-0">
        {onEdit ? (
          <button
            type="button"
            onClick={() => onEdit(agent)}
            className="block max-w-full truncate rounded-xs text-left font-medium hover:underline"
          >
            {agent.name}
          </button>
        ) : (
          <span className="block truncate font-medium">{agent.name}</span>
        )}
        <span className="block truncate text-ink-muted text-xs">
          {agent.email}
          {own ? ` · ${t("you")}` : ""}
        </span>
        <span className="flex flex-wrap items-center gap-x-1.5 text-ink-subtle text-xs md:hidden">
          <span>{t(`roles.${agent.role}`)}</span>
          {agent.disabled ? (
            <Badge tone="danger">{t("disabled")}</Badge>
          ) : (
            <span>{`${agent.openCount} / ${agent.capacity}`}</span>
          )}
        </span>
      </span>
    </span>
  );
}

function SkillsCell({ skills }: { skills: readonly string[] }) {
  return (
    <span className="flex flex-wrap gap-1">
      {skills.map((skill) => (
        <Badge key={skill}>{skill}</Badge>
      ))}
    </span>
  );
}

function SeenCell({ at }: { at: string | null }) {
  const t = useTranslations("admin-agents");
  return at === null ? (
    <span className="text-ink-subtle">{t("never")}</span>
  ) : (
    <RelativeTime date={at} className="text-ink-muted" />
  );
}

function useColumns({ ownId, actions }: Pick<AgentTableProps, "ownId" | "actions">): Column<Agent>[] {
  const t = useTranslations("admin-agents");
  const presence = useTranslations("common.presence");
  const common = useTranslations("common");
  const short = "whitespace-nowrap";
  const columns: Column<Agent>[] = [
    {
      id: "name",
      header: t("name"),
      cell: (agent) => <NameCell agent={agent} own={agent.id === ownId} onEdit={actions?.edit} />,
    },
    { id: "role", header: t("role"), hideBelow: "md", className: short, cell: (agent) => t(`roles.${agent.role}`) },
    {
      id: "presence",
      header: t("presence"),
      hideBelow: "md",
      className: short,
      cell: (agent) => (agent.disabled ? <Badge tone="danger">{t("disabled")}</Badge> : presence(agent.presence)),
    },
    {
      id: "load",
      header: t("load"),
      align: "end",
      hideBelow: "md",
      className: short,
      cell: (agent) => `${agent.openCount} / ${agent.capacity}`,
    },
    { id: "skills", header: t("skills"), hideBelow: "lg", cell: (agent) => <SkillsCell skills={agent.skills} /> },
    {
      id: "seen",
      header: t("lastSeen"),
      hideBelow: "lg",
      className: short,
      cell: (agent) => <SeenCell at={agent.lastSeenAt} />,
    },
  ];
  if (actions) {
    columns.push({
      id: "actions",
      header: <span className="sr-only">{common("table.actions")}</span>,
      align: "end",
      cell: (agent) => <AgentMenu agent={agent} own={agent.id === ownId} actions={actions} />,
    });
  }
  return columns;
}

/** All agents with state and load. */
export function AgentTable({ agents, ownId, actions, filtered, toolbar }: AgentTableProps) {
  const t = useTranslations("admin-agents");
  const common = useTranslations("common.table");
  const columns = useColumns({ ownId, actions });
  return (
    <DataTable
      label={t("title")}
      columns={columns}
      rows={agents}
      rowKey={(agent) => agent.id}
      onOpen={actions?.edit}
      toolbar={toolbar}
      empty={
        <EmptyState
          icon={<Users aria-hidden />}
          title={filtered ? common("noMatch") : t("empty")}
          body={filtered ? common("noMatchHint") : t("emptyBody")}
        />
      }
    />
  );
}
