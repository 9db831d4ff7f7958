import { operation } from "@/lib/platform/http/handler";
import * as contracts from "./intent-contracts";
import * as service from "./intent-service";

export const listIntentsOperation = operation(contracts.listIntents, (_, context) => service.listIntents(context));

export const createIntentOperation = operation(contracts.createIntent, ({ body }, context) =>
  service.createIntent(context, body),
);

export const updateIntentOperation = operation(contracts.updateIntent, async ({ params, body }, context) => {
  await service.updateIntent(context, params.id, body);
  return { ok: true } as const;
});

export const deleteIntentOperation = operation(contracts.deleteIntent, async ({ params }, context) => {
  await service.deleteIntent(context, params.id);
  return { ok: true } as const;
});

export const tryIntentsOperation = operation(contracts.tryIntents, async ({ body }, context) => ({
  items: await service.tryIntents(context, body.text),
}));
