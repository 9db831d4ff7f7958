import { importQuickRepliesOperation } from "@/lib/conversations/quick-reply-operations";
import { defineRoute } from "@/lib/web/define-route";

export const POST = defineRoute(importQuickRepliesOperation);
