import { retryRepliesOperation } from "@/lib/conversations/reply-window-operations";
import { defineRoute } from "@/lib/web/define-route";

export const POST = defineRoute(retryRepliesOperation);
