import { listChannelEventsOperation } from "@/lib/channels/operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(listChannelEventsOperation);
