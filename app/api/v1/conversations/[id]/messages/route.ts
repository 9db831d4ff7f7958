import { listMessagesOperation, postReplyOperation } from "@/lib/conversations/operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(listMessagesOperation);
export const POST = defineRoute(postReplyOperation);
