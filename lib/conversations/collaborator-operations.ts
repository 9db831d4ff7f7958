import { operation } from "@/lib/platform/http/handler";
import * as contracts from "./collaborator-contracts";
import * as service from "./collaborator-service";

export const listCollaboratorsOperation = operation(contracts.listCollaborators, async ({ params }, context) => ({
  items: await service.listCollaborators(context, params.id),
}));
export const addCollaboratorOperation = operation(contracts.addCollaborator, async ({ params, body }, context) => {
  await service.addCollaborator(context, params.id, body.agentId);
  return { items: await service.listCollaborators(context, params.id) };
});
export const removeCollaboratorOperation = operation(contracts.removeCollaborator, async ({ params }, context) => {
  await service.removeCollaborator(context, params.id, params.agentId);
  return { items: await service.listCollaborators(context, params.id) };
});
