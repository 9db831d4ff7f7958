import { operation } from "@/lib/platform/http/handler";
import * as contracts from "./contracts";
import { replayEvent } from "./event-service";
import { getChannel, listChannelEvents, listChannels } from "./queries";
import {
  createChannel,
  endSecretOverlap,
  removeChannel,
  rotateIdentitySecret,
  rotateSecret,
  updateChannel,
} from "./service";
import { testChannel } from "./test-service";
import { replayDelivery } from "./webhook-service";

export const listChannelsOperation = operation(contracts.listChannels, async (_, context) => ({
  items: await listChannels(context),
}));

export const getChannelOperation = operation(contracts.getChannel, ({ params }, context) =>
  getChannel(context, params.id),
);

export const updateChannelOperation = operation(contracts.updateChannel, ({ params, body }, context) =>
  updateChannel(context, params.id, body),
);

export const rotateIdentitySecretOperation = operation(contracts.rotateIdentitySecret, async ({ params }, context) => ({
  secret: await rotateIdentitySecret(context, params.id),
}));

export const createChannelOperation = operation(contracts.createChannel, ({ body }, context) =>
  createChannel(context, body),
);

export const removeChannelOperation = operation(contracts.removeChannel, async ({ params }, context) => {
  await removeChannel(context, params.id);
  return { ok: true as const };
});

export const testChannelOperation = operation(contracts.testChannel, async ({ params }, context) => {
  const outcome = await testChannel(context, params.id);
  return {
    works: outcome.kind === "works",
    finding: outcome.kind === "works" ? null : outcome.finding,
    detail: outcome.detail ?? null,
    advice: outcome.advice,
  };
});

export const rotateChannelSecretOperation = operation(
  contracts.rotateChannelSecret,
  async ({ params, body }, context) => ({ secret: await rotateSecret(context, params.id, body.name) }),
);

export const endSecretOverlapOperation = operation(contracts.endSecretOverlap, async ({ params }, context) => {
  await endSecretOverlap(context, params.id, params.name);
  return { ok: true as const };
});

export const replayDeliveryOperation = operation(contracts.replayDelivery, async ({ params }, context) => {
  await replayDelivery(context, params.id, params.deliveryId);
  return { ok: true as const };
});

export const replayEventOperation = operation(contracts.replayEvent, async ({ params }, context) => {
  await replayEvent(context, params.id, params.eventId);
  return { ok: true as const };
});

export const listChannelEventsOperation = operation(contracts.listChannelEvents, ({ params, query }, context) =>
  listChannelEvents(context, params.id, query),
);
