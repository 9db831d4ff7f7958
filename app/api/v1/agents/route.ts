import { createAgentOperation, listAgentsOperation } from "@/lib/identity/operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(listAgentsOperation);
export const POST = defineRoute(createAgentOperation);
