import { operation } from "@/lib/platform/http/handler";
import * as contracts from "./contracts";
import { pingDesk } from "./presence-service";
import { getMe, listAgents } from "./queries";
import { createAgent, setPresence, updateAgent } from "./service";

export const getMeOperation = operation(contracts.getMe, (_, context) => getMe(context));

export const setPresenceOperation = operation(contracts.setPresence, async ({ body }, context) => {
  await setPresence(context, body.status);
  return { status: body.status };
});

export const pingPresenceOperation = operation(contracts.pingPresence, async ({ body }, context) => ({
  status: await pingDesk(context, body.active),
}));

export const listAgentsOperation = operation(contracts.listAgents, async ({ query }, context) => ({
  items: await listAgents(context, query),
}));

export const createAgentOperation = operation(contracts.createAgent, ({ body }, context) => createAgent(context, body));

export const updateAgentOperation = operation(contracts.updateAgent, ({ params, body }, context) =>
  updateAgent(context, params.id, body),
);
