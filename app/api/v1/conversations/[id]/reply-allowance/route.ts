import { getReplyAllowanceOperation } from "@/lib/conversations/reply-window-operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(getReplyAllowanceOperation);
