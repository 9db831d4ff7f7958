import { listTicketChoicesOperation } from "@/lib/tickets/operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(listTicketChoicesOperation);
