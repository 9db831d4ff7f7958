import { operation } from "@/lib/platform/http/handler";
import * as contracts from "./macro-contracts";
import { runMacro } from "./macro-run-service";
import * as service from "./macro-service";
import { getConversation } from "./queries";

export const listMacrosOperation = operation(contracts.listMacros, async (_, context) => ({
  items: await service.listMacros(context),
}));
export const createMacroOperation = operation(contracts.createMacro, ({ body }, context) =>
  service.createMacro(context, body),
);
export const updateMacroOperation = operation(contracts.updateMacro, ({ params, body }, context) =>
  service.updateMacro(context, params.id, body),
);
export const deleteMacroOperation = operation(contracts.deleteMacro, async ({ params }, context) => {
  await service.deleteMacro(context, params.id);
  return { ok: true as const };
});
export const runMacroOperation = operation(contracts.runMacro, async ({ params, body }, context) => ({
  ...(await runMacro(context, params.id, params.macroId, body.runId)),
  conversation: await getConversation(context, params.id),
}));
