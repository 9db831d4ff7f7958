import { operation } from "@/lib/platform/http/handler";
import * as contracts from "./assist-contracts";
import { assistAgent, assistState } from "./assist-service";

export const getAssistOperation = operation(contracts.getAssist, (_, context) => assistState(context));
export const assistOperation = operation(contracts.assist, async ({ params, body }, context) => {
  const { sources, ...given } = await assistAgent(context, params.id, body);
  return { ...given, sources: [...sources] };
});
