import { listRuleRunsOperation } from "@/lib/automations/operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(listRuleRunsOperation);
