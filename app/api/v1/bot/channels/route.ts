import { listBotChannelsOperation } from "@/lib/bot/channel-rules-operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(listBotChannelsOperation);
