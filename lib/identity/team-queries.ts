import { sql } from "drizzle-orm";
import { type Executor, rowsOf } from "@/db/client";
import { AppError } from "@/lib/core/errors";
import type { Context } from "@/lib/platform/context";
import { fileAddress } from "@/lib/platform/storage/file-address";
import { merchantOf } from "./queries";
import type { Team, TeamMember } from "./team-contracts";

type MemberRow = Omit<TeamMember, "avatarUrl"> & { readonly avatarFileId: string | null };
type TeamRow = Omit<Team, "members" | "createdAt"> & {
  readonly members: MemberRow[];
  readonly created_at: string;
};

function toTeam({ members, created_at, ...row }: TeamRow, now: Date): Team {
  return {
    ...row,
    members: members.map(({ avatarFileId, ...member }) => ({
      ...member,
      avatarUrl: avatarFileId ? fileAddress(avatarFileId, now) : null,
    })),
    createdAt: new Date(created_at).toISOString(),
  };
}

async function select(context: Context, id: string | null): Promise<Team[]> {
  const merchantId = merchantOf(context);
  const rows = await rowsOf<TeamRow & Record<string, unknown>>(
    context.db,
    sql`
    with waiting as materialized (
      select team_id, count(*)::int as count from conversations
      where merchant_id = ${merchantId} and status = 'queued' and team_id is not null group by team_id)
    select t.id, t.name, t.description, t.created_at,
      coalesce((select count from waiting where team_id = t.id), 0) as waiting,
      coalesce((select jsonb_agg(jsonb_build_object('agentId', m.id, 'name', u.name, 'avatarFileId', u.avatar_file_id,
          'role', tm.role, 'agentRole', m.role, 'presence', m.presence, 'disabled', m.disabled or u.disabled)
          order by tm.role, u.name, m.id)
        from team_members tm join memberships m on m.id = tm.agent_id join users u on u.id = m.user_id
        where tm.team_id = t.id), '[]'::jsonb) as members
    from teams t where t.merchant_id = ${merchantId} ${id === null ? sql`` : sql`and t.id = ${id}`}
    order by lower(t.name), t.id`,
  );
  return rows.map((row) => toTeam(row, context.now()));
}

/** The merchant's teams by name, leads first among their members. */
export function listTeams(context: Context): Promise<Team[]> {
  return select(context, null);
}

/** One team of the caller's merchant. @throws AppError not_found `team_not_found` */
export async function getTeam(context: Context, id: string): Promise<Team> {
  const [team] = await select(context, id);
  if (!team) {
    throw new AppError("not_found", "team_not_found");
  }
  return team;
}

/**
 * A team that conversations can be handed to: it has somebody who may sign in, online or not.
 *
 * @throws AppError not_found `team_not_found`; conflict `team_empty`
 */
export async function requireTeamWithPeople(
  executor: Executor,
  merchantId: string,
  id: string,
): Promise<{ readonly id: string; readonly name: string }> {
  const [team] = await rowsOf<{ id: string; name: string; people: number }>(
    executor,
    sql`select t.id, t.name, (select count(*)::int from team_members tm join memberships m on m.id = tm.agent_id
          join users u on u.id = m.user_id where tm.team_id = t.id and not m.disabled and not u.disabled) as people
        from teams t where t.id = ${id} and t.merchant_id = ${merchantId}`,
  );
  if (!team) {
    throw new AppError("not_found", "team_not_found");
  }
  if (team.people === 0) {
    throw new AppError("conflict", "team_empty", { values: { name: team.name } });
  }
  return { id: team.id, name: team.name };
}
