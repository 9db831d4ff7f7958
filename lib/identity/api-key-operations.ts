import { operation } from "@/lib/platform/http/handler";
import * as contracts from "./api-key-contracts";
import { listApiKeys, revokeApiKey } from "./api-key-service";
import { createApiKey } from "./service";

export const listApiKeysOperation = operation(contracts.listApiKeys, async (_, context) => ({
  items: await listApiKeys(context),
}));

export const createApiKeyOperation = operation(contracts.createApiKey, async ({ body }, context) => ({
  secret: await createApiKey(context, body.name, body.scopes),
}));

export const revokeApiKeyOperation = operation(contracts.revokeApiKey, async ({ params }, context) => {
  await revokeApiKey(context, params.id);
  return { ok: true as const };
});
