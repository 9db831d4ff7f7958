import { tryBotOperation } from "@/lib/bot/playground-operations";
import { defineRoute } from "@/lib/web/define-route";

export const POST = defineRoute(tryBotOperation);
