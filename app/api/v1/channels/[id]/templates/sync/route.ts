import { syncChannelTemplatesOperation } from "@/lib/channels/template-operations";
import { defineRoute } from "@/lib/web/define-route";

export const POST = defineRoute(syncChannelTemplatesOperation);
