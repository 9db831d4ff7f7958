import { listLegacyTicketsOperation } from "@/lib/composition/compatibility/ticket-operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(listLegacyTicketsOperation);
