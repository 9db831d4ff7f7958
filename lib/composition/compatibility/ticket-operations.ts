import { operation } from "@/lib/platform/http/handler";
import { updateTicket } from "@/lib/tickets/service";
import * as contracts from "./ticket-contracts";
import { byOwnNames, listByOwnNames } from "./tickets";

const code = 200 as const;

export const listLegacyTicketsOperation = operation(contracts.listLegacyTickets, async ({ query }, context) => ({
  code,
  ...(await listByOwnNames(context, query)),
}));

export const updateLegacyTicketOperation = operation(
  contracts.updateLegacyTicket,
  async ({ params, body }, context) => {
    const { title: subject, agent_id: assigneeId, ...same } = body;
    const changed = await updateTicket(context, params.id, { ...same, subject, assigneeId });
    return { code, ticket: { ...(await byOwnNames(context, changed)), resolution: changed.resolution } };
  },
);
