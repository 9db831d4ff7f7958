import { operation } from "@/lib/platform/http/handler";
import * as contracts from "./contracts";
import { getImport, listImportItems, listImports } from "./queries";
import { cancelImport, chooseForItem, confirmImport, startWebImport } from "./service";

export const listImportsOperation = operation(contracts.listImports, async (_request, context) => ({
  items: await listImports(context),
}));

export const getImportOperation = operation(contracts.getImport, ({ params }, context) =>
  getImport(context, params.id),
);

export const listImportItemsOperation = operation(contracts.listImportItems, ({ params, query }, context) =>
  listImportItems(context, params.id, query),
);

export const startWebImportOperation = operation(contracts.startWebImport, ({ body }, context) =>
  startWebImport(context, body),
);

export const confirmImportOperation = operation(contracts.confirmImport, ({ params, body }, context) =>
  confirmImport(context, params.id, body.duplicates),
);

export const cancelImportOperation = operation(contracts.cancelImport, ({ params }, context) =>
  cancelImport(context, params.id),
);

export const chooseForItemOperation = operation(contracts.chooseForItem, async ({ params, body }, context) => {
  await chooseForItem(context, params.id, params.position, body.choice);
  return { ok: true as const };
});
