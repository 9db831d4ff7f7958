import { readNotificationsOperation } from "@/lib/notifications/operations";
import { defineRoute } from "@/lib/web/define-route";

export const POST = defineRoute(readNotificationsOperation);
