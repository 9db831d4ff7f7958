import { getPushKeyOperation } from "@/lib/notifications/push-operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(getPushKeyOperation);
