import { searchOwnMessagesOperation } from "@/lib/conversations/operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(searchOwnMessagesOperation);
