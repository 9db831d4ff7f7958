import { updateLegacyTicketOperation } from "@/lib/composition/compatibility/ticket-operations";
import { defineRoute } from "@/lib/web/define-route";

export const PUT = defineRoute(updateLegacyTicketOperation);
