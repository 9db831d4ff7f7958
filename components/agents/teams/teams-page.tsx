"use client";

import { Plus, Trash2, UsersRound } from "lucide-react";
import { useRouter } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { PageFrame } from "@/components/settings/page-frame";
import { useRequest } from "@/components/settings/use-request";
import { Avatar } from "@/components/ui/avatar";
import { Button, IconButton } from "@/components/ui/button";
import { useConfirm } from "@/components/ui/confirm";
import { DataTable } from "@/components/ui/data-table";
import type { Column } from "@/components/ui/data-table-columns";
import { DataTableToolbar, SearchInput } from "@/components/ui/data-table-toolbar";
import { EmptyState } from "@/components/ui/empty-state";
import type { Agent } from "@/lib/identity/schema";
import { deleteTeam, type Team } from "@/lib/identity/team-contracts";
import { AgentViews } from "../agent-views";
import { TeamSheet } from "./team-sheet";

/** Faces that fit a row; the rest is a number. */
const FACES = 5;

function MembersCell({ members }: Pick<Team, "members">) {
  const t = useTranslations("admin-agents.team");
  const format = useFormatter();
  if (members.length === 0) {
    return <span className="text-ink-subtle">{t("nobody")}</span>;
  }
  return (
    <span
      className="flex items-center gap-1"
      title={format.list(
        members.map(({ name }) => name),
        { type: "unit" },
      )}
    >
      {members.slice(0, FACES).map((member) => (
        <Avatar
          key={member.agentId}
          size="sm"
          name={member.name}
          src={member.avatarUrl}
          presence={member.disabled ? undefined : member.presence}
        />
      ))}
      {members.length > FACES ? <span className="text-ink-muted text-sm">{`+${members.length - FACES}`}</span> : null}
    </span>
  );
}

/** Asks, saying who still waits for it, and deletes. */
function useRemove() {
  const t = useTranslations("admin-agents.team");
  const common = useTranslations("common");
  const { call, explain } = useRequest();
  const confirm = useConfirm();
  const router = useRouter();
  return async ({ id, name, waiting }: Team): Promise<void> => {
    const agreed = await confirm({
      title: t("deleteTitle", { name }),
      body: t("deleteBody", { count: waiting }),
      confirmLabel: common("delete"),
      danger: true,
    });
    if (!agreed) {
      return;
    }
    try {
      await call(deleteTeam, { params: { id } });
      toast.success(t("deleted", { name }));
    } catch (error) {
      toast.error(explain(error));
    }
    router.refresh();
  };
}

function useColumns(mayWrite: boolean, onEdit: (team: Team) => void, onRemove: (team: Team) => void): Column<Team>[] {
  const t = useTranslations("admin-agents.team");
  const common = useTranslations("common");
  const columns: Column<Team>[] = [
    {
      id: "name",
      header: t("name"),
      cell: (team) => (
        <span className="flex min-w-0 flex-col">
          {mayWrite ? (
            <button
              type="button"
              onClick={() => onEdit(team)}
              className="self-start rounded-xs text-left font-medium hover:underline"
            >
              {team.name}
            </button>
          ) : (
            <span className="font-medium">{team.name}</span>
          )}
          <span className="line-clamp-1 text-ink-muted text-xs">{team.description}</span>
        </span>
      ),
    },
    { id: "members", header: t("members"), cell: (team) => <MembersCell members={team.members} /> },
    { id: "waiting", header: t("waiting"), align: "end", hideBelow: "md", cell: (team) => team.waiting },
  ];
  if (mayWrite) {
    columns.push({
      id: "actions",
      header: <span className="sr-only">{common("table.actions")}</span>,
      align: "end",
      cell: (team) => (
        <IconButton label={`${common("delete")} ${team.name}`} onClick={() => onRemove(team)}>
          <Trash2 aria-hidden />
        </IconButton>
      ),
    });
  }
  return columns;
}

export interface TeamsPageProps {
  teams: readonly Team[];
  agents: readonly Agent[];
  mayWrite: boolean;
}

/** Groups of agents that conversations are handed to as a whole. */
export function TeamsPage({ teams, agents, mayWrite }: TeamsPageProps) {
  const t = useTranslations("admin-agents.team");
  const common = useTranslations("common.table");
  const router = useRouter();
  const [search, setSearch] = useState("");
  const [editing, setEditing] = useState<{ team: Team | undefined }>();
  const remove = useRemove();
  const edit = (team: Team | undefined) => setEditing({ team });
  const columns = useColumns(mayWrite, edit, (team) => void remove(team));
  const words = search.toLowerCase();
  const add = mayWrite ? (
    <Button variant="primary" onClick={() => edit(undefined)}>
      <Plus aria-hidden />
      {t("add")}
    </Button>
  ) : null;
  return (
    <PageFrame title={t("title")} description={t("pageDescription")} actions={add}>
      <AgentViews view="teams" />
      <DataTable
        label={t("title")}
        columns={columns}
        rows={teams.filter(({ name, description }) => `${name} ${description}`.toLowerCase().includes(words))}
        rowKey={(team) => team.id}
        onOpen={mayWrite ? edit : undefined}
        toolbar={
          <DataTableToolbar search={<SearchInput value={search} placeholder={t("search")} onSearch={setSearch} />} />
        }
        empty={
          <EmptyState
            icon={<UsersRound aria-hidden />}
            title={search === "" ? t("empty") : common("noMatch")}
            body={search === "" ? t("emptyBody") : common("noMatchHint")}
            action={search === "" ? add : undefined}
          />
        }
      />
      {editing ? (
        <TeamSheet
          team={editing.team}
          agents={agents}
          onClose={() => setEditing(undefined)}
          onSaved={(team) => {
            setEditing(undefined);
            toast.success(t("saved", { name: team.name }));
            router.refresh();
          }}
        />
      ) : null}
    </PageFrame>
  );
}
