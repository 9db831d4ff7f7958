import { updateAgentOperation } from "@/lib/identity/operations";
import { defineRoute } from "@/lib/web/define-route";

export const PATCH = defineRoute(updateAgentOperation);
