import { listChannelTemplatesOperation } from "@/lib/channels/template-operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(listChannelTemplatesOperation);
