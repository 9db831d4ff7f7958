import { deleteQuickReplyOperation, updateQuickReplyOperation } from "@/lib/conversations/quick-reply-operations";
import { defineRoute } from "@/lib/web/define-route";

export const PATCH = defineRoute(updateQuickReplyOperation);
export const DELETE = defineRoute(deleteQuickReplyOperation);
