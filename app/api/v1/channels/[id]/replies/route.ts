import { listChannelRepliesOperation } from "@/lib/conversations/channel-reply-operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(listChannelRepliesOperation);
