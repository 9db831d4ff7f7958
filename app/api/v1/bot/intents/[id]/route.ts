import { deleteIntentOperation, updateIntentOperation } from "@/lib/bot/intent-operations";
import { defineRoute } from "@/lib/web/define-route";

export const PATCH = defineRoute(updateIntentOperation);
export const DELETE = defineRoute(deleteIntentOperation);
