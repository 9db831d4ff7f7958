import { acceptSuggestionOperation } from "@/lib/bot/suggestion-operations";
import { defineRoute } from "@/lib/web/define-route";

export const POST = defineRoute(acceptSuggestionOperation);
