import { operation } from "@/lib/platform/http/handler";
import * as contracts from "./case-contracts";
import * as service from "./case-service";

export const listCasesOperation = operation(contracts.listCases, async (_, context) => ({
  items: await service.listCases(context),
}));

export const createCaseOperation = operation(contracts.createCase, ({ body }, context) =>
  service.createCase(context, body),
);

export const updateCaseOperation = operation(contracts.updateCase, async ({ params, body }, context) => {
  await service.updateCase(context, params.id, body);
  return { ok: true } as const;
});

export const deleteCaseOperation = operation(contracts.deleteCase, async ({ params }, context) => {
  await service.deleteCase(context, params.id);
  return { ok: true } as const;
});

export const runCasesOperation = operation(contracts.runCases, (_, context) => service.runCases(context, "manual"));

export const listRunsOperation = operation(contracts.listRuns, async (_, context) => ({
  items: await service.listRuns(context),
}));

export const getRunOperation = operation(contracts.getRun, ({ params }, context) => service.getRun(context, params.id));
