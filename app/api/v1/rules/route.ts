import { createRuleOperation, listRulesOperation } from "@/lib/automations/operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(listRulesOperation);
export const POST = defineRoute(createRuleOperation);
