import { sendMessageOperation } from "@/lib/composition/compatibility/operations";
import { defineRoute } from "@/lib/web/define-route";

export const POST = defineRoute(sendMessageOperation);
