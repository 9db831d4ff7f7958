import { visitorPageOperation } from "@/lib/conversations/operations";
import { defineRoute } from "@/lib/web/define-route";

export const PUT = defineRoute(visitorPageOperation);
