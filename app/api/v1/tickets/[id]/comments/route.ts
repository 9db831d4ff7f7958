import { commentOnTicketOperation } from "@/lib/tickets/operations";
import { defineRoute } from "@/lib/web/define-route";

export const POST = defineRoute(commentOnTicketOperation);
