import { operation } from "@/lib/platform/http/handler";
import * as contracts from "./contracts";
import { getChannel, listChannels } from "./queries";
import { rotateIdentitySecret, updateChannel } from "./service";

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
