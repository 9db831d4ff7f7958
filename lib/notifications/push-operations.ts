import type { ActorOf } from "@/lib/core/actor";
import { operation } from "@/lib/platform/http/handler";
import * as contracts from "./push-contracts";
import { installationPushKeys } from "./push-keys";
import { type PushOwner, subscribeBrowser, unsubscribeBrowser } from "./push-service";

const OK = { ok: true } as const;

function visitorOwner({ merchantId, customerId, channelId }: ActorOf<"visitor">): PushOwner {
  return { merchantId, kind: "visitor", id: customerId, channelId };
}

function agentOwner({ merchantId, agentId }: ActorOf<"agent">): PushOwner {
  return { merchantId, kind: "agent", id: agentId };
}

export const getPushKeyOperation = operation(contracts.getPushKey, async (_, context) => ({
  publicKey: (await installationPushKeys(context.db)).publicKey,
}));
export const subscribeVisitorOperation = operation(contracts.subscribeVisitor, async ({ body }, context) => {
  await subscribeBrowser(context, visitorOwner(context.actor), body);
  return OK;
});
export const unsubscribeVisitorOperation = operation(contracts.unsubscribeVisitor, async ({ body }, context) => {
  await unsubscribeBrowser(context, visitorOwner(context.actor), body.endpoint);
  return OK;
});
export const subscribeAgentOperation = operation(contracts.subscribeAgent, async ({ body }, context) => {
  await subscribeBrowser(context, agentOwner(context.actor), body);
  return OK;
});
export const unsubscribeAgentOperation = operation(contracts.unsubscribeAgent, async ({ body }, context) => {
  await unsubscribeBrowser(context, agentOwner(context.actor), body.endpoint);
  return OK;
});
