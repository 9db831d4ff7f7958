import { postRichMessageOperation } from "@/lib/conversations/rich-operations";
import { defineRoute } from "@/lib/web/define-route";

export const POST = defineRoute(postRichMessageOperation);
