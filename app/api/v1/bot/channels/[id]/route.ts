import { changeBotChannelOperation } from "@/lib/bot/channel-rules-operations";
import { defineRoute } from "@/lib/web/define-route";

export const PATCH = defineRoute(changeBotChannelOperation);
