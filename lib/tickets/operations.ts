import { operation } from "@/lib/platform/http/handler";
import { listTicketChoices } from "./choice-queries";
import * as contracts from "./contracts";
import * as queries from "./queries";
import * as service from "./service";

export const listTicketsOperation = operation(contracts.listTickets, async ({ query }, context) => {
  const [page, counts] = await Promise.all([queries.listTickets(context, query), queries.countTickets(context)]);
  return { ...page, counts };
});

export const createTicketOperation = operation(contracts.createTicket, ({ body }, context) =>
  service.createTicket(context, body, { source: context.actor.kind === "key" ? "api" : "person" }),
);

export const getTicketOperation = operation(contracts.getTicket, ({ params }, context) =>
  queries.getTicket(context, params.id),
);

export const updateTicketOperation = operation(contracts.updateTicket, ({ params, body }, context) =>
  service.updateTicket(context, params.id, body),
);

export const listTicketEventsOperation = operation(contracts.listTicketEvents, ({ params, query }, context) =>
  queries.listTicketEvents(context, params.id, query),
);

export const commentOnTicketOperation = operation(contracts.commentOnTicket, ({ params, body }, context) =>
  service.commentOnTicket(context, params.id, body),
);

export const listTicketChoicesOperation = operation(contracts.listTicketChoices, (_, context) =>
  listTicketChoices(context),
);
