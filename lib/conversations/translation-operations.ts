import { operation } from "@/lib/platform/http/handler";
import { getConversation } from "./queries";
import { switchTranslation as contract } from "./translation-contracts";
import { switchTranslation } from "./translation-service";

export const switchTranslationOperation = operation(contract, async ({ params, body }, context) => {
  await switchTranslation(context, params.id, body.on);
  return getConversation(context, params.id);
});
