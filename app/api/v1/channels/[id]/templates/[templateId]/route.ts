import { offerChannelTemplateOperation } from "@/lib/channels/template-operations";
import { defineRoute } from "@/lib/web/define-route";

export const PATCH = defineRoute(offerChannelTemplateOperation);
