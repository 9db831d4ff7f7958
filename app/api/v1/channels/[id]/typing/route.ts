import { postAppTypingOperation } from "@/lib/conversations/app-operations";
import { defineRoute } from "@/lib/web/define-route";

export const POST = defineRoute(postAppTypingOperation);
