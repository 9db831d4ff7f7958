import { getChannelOperation, removeChannelOperation, updateChannelOperation } from "@/lib/channels/operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(getChannelOperation);
export const PATCH = defineRoute(updateChannelOperation);
export const DELETE = defineRoute(removeChannelOperation);
