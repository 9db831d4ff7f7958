import { getTicketOperation, updateTicketOperation } from "@/lib/tickets/operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(getTicketOperation);
export const PATCH = defineRoute(updateTicketOperation);
