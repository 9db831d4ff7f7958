import { createIntentOperation, listIntentsOperation } from "@/lib/bot/intent-operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(listIntentsOperation);
export const POST = defineRoute(createIntentOperation);
