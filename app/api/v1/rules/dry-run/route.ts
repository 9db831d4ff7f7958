import { dryRunRuleOperation } from "@/lib/automations/operations";
import { defineRoute } from "@/lib/web/define-route";

export const POST = defineRoute(dryRunRuleOperation);
