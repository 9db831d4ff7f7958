import { getAssistOperation } from "@/lib/bot/assist-operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(getAssistOperation);
