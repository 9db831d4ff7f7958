import { operation } from "@/lib/platform/http/handler";
import * as contracts from "./template-contracts";
import { listTemplates, offerTemplate, syncTemplates } from "./template-service";

export const listChannelTemplatesOperation = operation(contracts.listChannelTemplates, async ({ params }, context) => ({
  items: await listTemplates(context, params.id),
}));
export const syncChannelTemplatesOperation = operation(contracts.syncChannelTemplates, async ({ params }, context) => ({
  items: await syncTemplates(context, params.id),
}));
export const offerChannelTemplateOperation = operation(contracts.offerChannelTemplate, ({ params, body }, context) =>
  offerTemplate(context, params.id, params.templateId, body.offered),
);
