import { tryIntentsOperation } from "@/lib/bot/intent-operations";
import { defineRoute } from "@/lib/web/define-route";

export const POST = defineRoute(tryIntentsOperation);
