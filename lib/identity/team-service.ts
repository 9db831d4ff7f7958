import { and, count, eq, inArray } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { memberships, teamMembers, teams } from "@/db/schema/identity";
import { record } from "@/lib/audit/service";
import { AppError, isUniqueViolation } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import type { Context } from "@/lib/platform/context";
import { emit } from "@/lib/platform/jobs/emit";
import { merchantOf } from "./queries";
import { TEAMS_MAX, type Team, type TeamRole } from "./team-contracts";
import { getTeam } from "./team-queries";

export interface TeamChange {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly members?: readonly { readonly agentId: string; readonly role: TeamRole }[] | undefined;
}

/** Puts exactly these people into the team. @throws AppError not_found `agent_not_found` for somebody of elsewhere */
async function setMembers(
  tx: Transaction,
  merchantId: string,
  teamId: string,
  members: NonNullable<TeamChange["members"]>,
): Promise<void> {
  const roles = new Map(members.map((member) => [member.agentId, member.role]));
  if (roles.size > 0) {
    const known = await tx
      .select({ id: memberships.id })
      .from(memberships)
      .where(and(eq(memberships.merchantId, merchantId), inArray(memberships.id, [...roles.keys()])));
    if (known.length < roles.size) {
      throw new AppError("not_found", "agent_not_found");
    }
  }
  await tx.delete(teamMembers).where(eq(teamMembers.teamId, teamId));
  if (roles.size > 0) {
    await tx.insert(teamMembers).values([...roles].map(([agentId, role]) => ({ teamId, agentId, role })));
  }
}

function explained(error: unknown): unknown {
  return isUniqueViolation(error)
    ? new AppError("conflict", "team_name_taken", { fields: [{ path: "name", reason: "team_name_taken" }] })
    : error;
}

/** @throws AppError conflict `team_name_taken` | `team_limit`; not_found `agent_not_found` */
export async function createTeam(
  context: Context,
  input: TeamChange & { readonly name: string; readonly members: NonNullable<TeamChange["members"]> },
): Promise<Team> {
  const merchantId = merchantOf(context);
  const id = newId("team", context.now());
  try {
    await context.db.transaction(async (tx) => {
      const [existing] = await tx.select({ count: count() }).from(teams).where(eq(teams.merchantId, merchantId));
      if ((existing?.count ?? 0) >= TEAMS_MAX) {
        throw new AppError("conflict", "team_limit", { values: { max: TEAMS_MAX } });
      }
      const { name, description = "" } = input;
      await tx.insert(teams).values({ id, merchantId, name, description, createdAt: context.now() });
      await setMembers(tx, merchantId, id, input.members);
      await record(tx, context, { action: "team.created", targetType: "team", targetId: id, after: input });
    });
  } catch (error) {
    throw explained(error);
  }
  return getTeam(context, id);
}

/**
 * Changes a team; whoever is added may at once get what waits for it.
 *
 * @throws AppError not_found `team_not_found` | `agent_not_found`; conflict `team_name_taken`
 */
export async function updateTeam(context: Context, id: string, change: TeamChange): Promise<Team> {
  const merchantId = merchantOf(context);
  const before = await getTeam(context, id);
  try {
    await context.db.transaction(async (tx) => {
      const { name = before.name, description = before.description } = change;
      await tx
        .update(teams)
        .set({ name, description })
        .where(and(eq(teams.id, id), eq(teams.merchantId, merchantId)));
      if (change.members) {
        await setMembers(tx, merchantId, id, change.members);
        await emit(tx, { merchantId, at: context.now() }, "team.changed", { teamId: id });
      }
      const { members, ...rest } = before;
      await record(tx, context, {
        action: "team.updated",
        targetType: "team",
        targetId: id,
        before: { ...rest, members: members.map(({ agentId, role }) => ({ agentId, role })) },
        after: change,
      });
    });
  } catch (error) {
    throw explained(error);
  }
  return getTeam(context, id);
}

/** Deletes a team. Who waits for it keeps the place in line and may be taken by anybody. @throws AppError not_found */
export async function deleteTeam(context: Context, id: string): Promise<void> {
  const merchantId = merchantOf(context);
  await context.db.transaction(async (tx) => {
    const [gone] = await tx
      .delete(teams)
      .where(and(eq(teams.id, id), eq(teams.merchantId, merchantId)))
      .returning({ name: teams.name });
    if (!gone) {
      throw new AppError("not_found", "team_not_found");
    }
    await record(tx, context, { action: "team.deleted", targetType: "team", targetId: id, before: gone });
    await emit(tx, { merchantId, at: context.now() }, "team.changed", { teamId: id });
  });
}
