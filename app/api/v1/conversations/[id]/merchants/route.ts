import { listReceivingMerchantsOperation } from "@/lib/conversations/operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(listReceivingMerchantsOperation);
