import { testAlertsOperation } from "@/lib/notifications/alert-operations";
import { defineRoute } from "@/lib/web/define-route";

export const POST = defineRoute(testAlertsOperation);
