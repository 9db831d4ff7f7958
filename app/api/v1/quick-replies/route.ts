import { createQuickReplyOperation, listQuickRepliesOperation } from "@/lib/conversations/quick-reply-operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(listQuickRepliesOperation);
export const POST = defineRoute(createQuickReplyOperation);
