import { listSuggestionsOperation } from "@/lib/bot/suggestion-operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(listSuggestionsOperation);
