import { visitorRecallOperation } from "@/lib/conversations/operations";
import { defineRoute } from "@/lib/web/define-route";

export const POST = defineRoute(visitorRecallOperation);
