import { deleteRuleOperation, updateRuleOperation } from "@/lib/automations/operations";
import { defineRoute } from "@/lib/web/define-route";

export const PUT = defineRoute(updateRuleOperation);
export const DELETE = defineRoute(deleteRuleOperation);
