import { listNotificationsOperation } from "@/lib/notifications/operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(listNotificationsOperation);
