import { leaveMessageOperation } from "@/lib/conversations/operations";
import { defineRoute } from "@/lib/web/define-route";

export const POST = defineRoute(leaveMessageOperation);
