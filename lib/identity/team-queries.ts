import { sql } from "drizzle-orm";
import { type Executor, rowsOf } from "@/db/client";
import { AppError } from "@/lib/core/errors";
import type { Context } from "@/lib/platform/context";
import { fileAddress } from "@/lib/platform/storage/file-address";
import { merchantOf } from "./queries";
import type { Team, TeamMember } from "./team-contracts";

type MemberRow = Omit<TeamMember, "avatarUrl"> & { readonly avatarFileId: string | null; readonly teamId: string };
type TeamRow = Omit<Team, "members" | "createdAt"> & { readonly created_at: string };

function toMember({ avatarFileId, teamId: _, ...member }: MemberRow, now: Date): TeamMember {
  return { ...member, avatarUrl: avatarFileId ? fileAddress(avatarFileId, now) : null };
}

async function select(context: Context, id: string | null): Promise<Team[]> {
  const merchantId = merchantOf(context);
  const one = id === null ? sql`` : sql`and t.id = ${id}`;
  const [teams, members] = await Promise.all([
    rowsOf<TeamRow & Record<string, unknown>>(
      context.db,
      sql`
      with waiting as materialized (
        select team_id, count(*)::int as count from conversations
        where merchant_id = ${merchantId} and status = 'queued' and team_id is not null group by team_id)
      select t.id, t.name, t.description, t.created_at,
        coalesce((select count from waiting where team_id = t.id), 0) as waiting
      from teams t where t.merchant_id = ${merchantId} ${one} order by lower(t.name), t.id`,
    ),
    // All members in one list: put together team by team in the database they would be sorted fifty times.
    rowsOf<MemberRow & Record<string, unknown>>(
      context.db,
      sql`
      select t.id as "teamId", m.id as "agentId", u.name, u.avatar_file_id as "avatarFileId", tm.role, m.role as "agentRole",
        m.presence, m.disabled or u.disabled as disabled
      from teams t join team_members tm on tm.team_id = t.id join memberships m on m.id = tm.agent_id
      join users u on u.id = m.user_id
      where t.merchant_id = ${merchantId} ${one} order by tm.role, u.name, m.id`,
    ),
  ]);
  const now = context.now();
  const byTeam = Map.groupBy(members, ({ teamId }) => teamId);
  return teams.map(({ created_at, ...team }) => ({
    ...team,
    members: (byTeam.get(team.id) ?? []).map((member) => toMember(member, now)),
    createdAt: new Date(created_at).toISOString(),
  }));
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
