import { operation } from "@/lib/platform/http/handler";
import * as contracts from "./suggestion-contracts";
import * as service from "./suggestion-service";

export const listSuggestionsOperation = operation(contracts.listSuggestions, async ({ query }, context) => ({
  items: await service.listSuggestions(context, query.limit),
}));

export const acceptSuggestionOperation = operation(contracts.acceptSuggestion, ({ params }, context) =>
  service.acceptSuggestion(context, params.id),
);

export const dismissSuggestionOperation = operation(contracts.dismissSuggestion, async ({ params }, context) => {
  await service.dismissSuggestion(context, params.id);
  return { ok: true } as const;
});
