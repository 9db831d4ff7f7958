import { operation } from "@/lib/platform/http/handler";
import { reactToMessage as contract } from "./reaction-contracts";
import { reactToMessage } from "./reaction-service";

export const reactToMessageOperation = operation(contract, ({ params, body }, context) =>
  reactToMessage(context, params.id, params.messageId, body),
);
