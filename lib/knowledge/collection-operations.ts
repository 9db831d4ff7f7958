import { operation } from "@/lib/platform/http/handler";
import * as contracts from "./collection-contracts";
import * as collections from "./collection-service";

const ok = { ok: true } as const;

export const createCollectionOperation = operation(contracts.createCollection, ({ body }, context) =>
  collections.createCollection(context, body.name),
);

export const updateCollectionOperation = operation(contracts.updateCollection, async ({ params, body }, context) => {
  await collections.updateCollection(context, params.id, body);
  return ok;
});

export const removeCollectionOperation = operation(contracts.removeCollection, async ({ params, query }, context) => {
  await collections.removeCollection(context, params.id, query.entries);
  return ok;
});

export const restoreCollectionOperation = operation(contracts.restoreCollection, async ({ params }, context) => {
  await collections.restoreCollection(context, params.id);
  return ok;
});

export const switchSharedCollectionOperation = operation(
  contracts.switchSharedCollection,
  async ({ params, body }, context) => {
    await collections.switchSharedCollection(context, params.id, body.enabled);
    return ok;
  },
);
