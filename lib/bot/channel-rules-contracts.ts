import { z } from "zod";
import { defineContract } from "@/lib/platform/http/contract";
import { botChannel, channelRules } from "./channel-rules-schema";

export const listBotChannels = defineContract({
  name: "listBotChannels",
  summary: "How the bot does on each channel: what it has of its own there, and what counts",
  tag: "Bot",
  method: "GET",
  path: "/api/v1/bot/channels",
  audience: ["agent", "key"],
  permission: "bot.read",
  result: z.object({ items: z.array(botChannel) }),
});

export const changeBotChannel = defineContract({
  name: "changeBotChannel",
  summary: "Change how the bot does on one channel; null is as for all channels, what is left out stays",
  tag: "Bot",
  method: "PATCH",
  path: "/api/v1/bot/channels/{id}",
  audience: ["agent", "key"],
  permission: "bot.write",
  params: z.object({ id: z.string().max(40) }),
  body: channelRules.partial(),
  result: z.object({ ok: z.literal(true) }),
});
