import { reactAsVisitorOperation } from "@/lib/conversations/reaction-operations";
import { defineRoute } from "@/lib/web/define-route";

export const PUT = defineRoute(reactAsVisitorOperation);
