import { createChannelOperation, listChannelsOperation } from "@/lib/channels/operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(listChannelsOperation);
export const POST = defineRoute(createChannelOperation);
