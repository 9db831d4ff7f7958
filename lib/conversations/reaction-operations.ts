import { operation } from "@/lib/platform/http/handler";
import { whereTheyTalk } from "./handed-on-queries";
import * as contracts from "./reaction-contracts";
import { reactAsVisitor, reactToMessage } from "./reaction-service";

export const reactToMessageOperation = operation(contracts.reactToMessage, ({ params, body }, context) =>
  reactToMessage(context, params.id, params.messageId, body),
);
export const reactAsVisitorOperation = operation(contracts.reactAsVisitor, ({ params, body }, context) =>
  whereTheyTalk(context, params.id, (visitor) => reactAsVisitor(visitor, params.id, params.messageId, body)),
);
