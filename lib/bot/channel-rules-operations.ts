import { operation } from "@/lib/platform/http/handler";
import * as contracts from "./channel-rules-contracts";
import * as service from "./channel-rules-service";

export const listBotChannelsOperation = operation(contracts.listBotChannels, async (_, context) => ({
  items: await service.listBotChannels(context),
}));

export const changeBotChannelOperation = operation(contracts.changeBotChannel, async ({ params, body }, context) => {
  await service.changeBotChannel(context, params.id, body);
  return { ok: true } as const;
});
