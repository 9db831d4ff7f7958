import { subscribeAgentOperation } from "@/lib/notifications/push-operations";
import { defineRoute } from "@/lib/web/define-route";

export const POST = defineRoute(subscribeAgentOperation);
