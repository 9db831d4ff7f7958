import { operation } from "@/lib/platform/http/handler";
import * as contracts from "./blocklist-contracts";
import { blockCustomer, blockNetwork, listBlocked, unblock } from "./blocklist-service";

const done = { ok: true } as const;

export const listBlockedOperation = operation(contracts.listBlocked, ({ query }, context) =>
  listBlocked(context, query),
);

export const blockNetworkOperation = operation(contracts.blockNetwork, async ({ body }, context) => {
  await blockNetwork(context, body.network, body);
  return done;
});

export const unblockOperation = operation(contracts.unblock, async ({ params }, context) => {
  await unblock(context, params.id);
  return done;
});

export const blockCustomerOperation = operation(contracts.blockCustomer, async ({ params, body }, context) => {
  await blockCustomer(context, params.id, body);
  return done;
});
