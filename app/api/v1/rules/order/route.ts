import { orderRulesOperation } from "@/lib/automations/operations";
import { defineRoute } from "@/lib/web/define-route";

export const PUT = defineRoute(orderRulesOperation);
