import { z } from "zod";
import { defineContract } from "@/lib/platform/http/contract";
import { role } from "./permissions";
import { presence } from "./schema";

/** Most teams of one merchant. */
export const TEAMS_MAX = 200;

export const TEAM_ROLES = ["lead", "member"] as const;
export const teamRole = z.enum(TEAM_ROLES);
export type TeamRole = z.infer<typeof teamRole>;

export const teamMember = z.object({
  agentId: z.string(),
  name: z.string(),
  avatarUrl: z.string().nullable(),
  role: teamRole,
  agentRole: role,
  presence,
  disabled: z.boolean(),
});
export type TeamMember = z.infer<typeof teamMember>;

export const team = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  members: z.array(teamMember),
  /** Conversations in line for it now. */
  waiting: z.number().int(),
  createdAt: z.iso.datetime(),
});
export type Team = z.infer<typeof team>;

const teamFields = z.object({
  name: z.string().trim().min(1).max(40),
  description: z.string().trim().max(200),
  /** All of them: who is not listed is not in the team. */
  members: z.array(z.object({ agentId: z.string().max(40), role: teamRole })).max(200),
});

export const teamInput = teamFields.extend({
  description: teamFields.shape.description.default(""),
  members: teamFields.shape.members.default([]),
});
export const teamPatch = teamFields.partial();

const byId = z.object({ id: z.string().max(40) });

export const listTeams = defineContract({
  name: "listTeams",
  summary: "Teams with their members and how many conversations wait for each",
  tag: "Identity",
  method: "GET",
  path: "/api/v1/teams",
  audience: ["agent", "key"],
  permission: "agents.read",
  result: z.object({ items: z.array(team) }),
});

export const createTeam = defineContract({
  name: "createTeam",
  summary: "Add a team",
  tag: "Identity",
  method: "POST",
  path: "/api/v1/teams",
  audience: ["agent", "key"],
  permission: "agents.write",
  body: teamInput,
  result: team,
  status: 201,
});

export const updateTeam = defineContract({
  name: "updateTeam",
  summary: "Change a team's name, description or members",
  tag: "Identity",
  method: "PATCH",
  path: "/api/v1/teams/{id}",
  audience: ["agent", "key"],
  permission: "agents.write",
  params: byId,
  body: teamPatch,
  result: team,
});

export const deleteTeam = defineContract({
  name: "deleteTeam",
  summary: "Delete a team; who waits for it may then be taken by anybody",
  tag: "Identity",
  method: "DELETE",
  path: "/api/v1/teams/{id}",
  audience: ["agent", "key"],
  permission: "agents.write",
  params: byId,
  result: z.object({ ok: z.literal(true) }),
});
