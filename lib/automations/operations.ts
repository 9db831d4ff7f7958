import { operation } from "@/lib/platform/http/handler";
import * as contracts from "./contracts";
import * as service from "./service";

export const listRulesOperation = operation(contracts.listRules, async (_, context) => ({
  items: await service.listRules(context),
}));

export const createRuleOperation = operation(contracts.createRule, ({ body }, context) =>
  service.createRule(context, body),
);

export const updateRuleOperation = operation(contracts.updateRule, ({ params, body }, context) =>
  service.updateRule(context, params.id, body),
);

export const orderRulesOperation = operation(contracts.orderRules, async ({ body }, context) => ({
  items: await service.orderRules(context, body.ids),
}));

export const deleteRuleOperation = operation(contracts.deleteRule, async ({ params }, context) => {
  await service.deleteRule(context, params.id);
  return { ok: true } as const;
});

export const dryRunRuleOperation = operation(contracts.dryRunRule, ({ body }, context) =>
  service.dryRunRule(context, body),
);

export const listRuleRunsOperation = operation(contracts.listRuleRuns, ({ query }, context) =>
  service.listRuns(context, query),
);
