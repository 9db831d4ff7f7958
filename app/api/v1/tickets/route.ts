import { createTicketOperation, listTicketsOperation } from "@/lib/tickets/operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(listTicketsOperation);
export const POST = defineRoute(createTicketOperation);
