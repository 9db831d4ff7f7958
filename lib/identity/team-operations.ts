import { operation } from "@/lib/platform/http/handler";
import * as contracts from "./team-contracts";
import { listTeams } from "./team-queries";
import * as service from "./team-service";

export const listTeamsOperation = operation(contracts.listTeams, async (_, context) => ({
  items: await listTeams(context),
}));

export const createTeamOperation = operation(contracts.createTeam, ({ body }, context) =>
  service.createTeam(context, body),
);

export const updateTeamOperation = operation(contracts.updateTeam, ({ params, body }, context) =>
  service.updateTeam(context, params.id, body),
);

export const deleteTeamOperation = operation(contracts.deleteTeam, async ({ params }, context) => {
  await service.deleteTeam(context, params.id);
  return { ok: true } as const;
});
