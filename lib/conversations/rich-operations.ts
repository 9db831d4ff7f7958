import { operation } from "@/lib/platform/http/handler";
import * as contracts from "./rich-contracts";
import { offeredTemplates, postRichMessage } from "./rich-service";

export const postRichMessageOperation = operation(contracts.postRichMessage, ({ params, body }, context) =>
  postRichMessage(context, params.id, body),
);
export const listOfferedTemplatesOperation = operation(contracts.listOfferedTemplates, async ({ params }, context) => ({
  items: await offeredTemplates(context, params.id),
}));
