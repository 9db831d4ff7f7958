import { operation } from "@/lib/platform/http/handler";
import { getReplyAllowance } from "./reply-window-contracts";
import { replyAllowance } from "./reply-window-service";

export const getReplyAllowanceOperation = operation(getReplyAllowance, async ({ params }, context) => ({
  allowance: await replyAllowance(context, params.id),
}));
