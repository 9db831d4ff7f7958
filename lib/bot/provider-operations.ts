import { operation } from "@/lib/platform/http/handler";
import * as contracts from "./provider-contracts";
import * as service from "./provider-service";

const done = { ok: true } as const;

export const listProvidersOperation = operation(contracts.listProviders, async (_, context) => ({
  items: await service.listProviders(context),
}));

export const createProviderOperation = operation(contracts.createProvider, ({ body }, context) =>
  service.createProvider(context, body),
);

export const updateProviderOperation = operation(contracts.updateProvider, ({ params, body }, context) =>
  service.updateProvider(context, params.id, body),
);

export const deleteProviderOperation = operation(contracts.deleteProvider, async ({ params }, context) => {
  await service.deleteProvider(context, params.id);
  return done;
});

export const orderProvidersOperation = operation(contracts.orderProviders, async ({ body }, context) => {
  await service.orderProviders(context, body.ids);
  return done;
});

export const testProviderOperation = operation(contracts.testProvider, ({ params }, context) =>
  service.testProvider(context, params.id),
);
