import { whereTheyTalk } from "@/lib/conversations/handed-on-queries";
import { operation } from "@/lib/platform/http/handler";
import * as contracts from "./vote-contracts";
import { listVotes } from "./vote-queries";
import { voteOnAnswer } from "./vote-service";

export const voteOnAnswerOperation = operation(contracts.voteOnAnswer, async ({ params, body }, context) => {
  const at = { conversationId: params.id, messageId: params.messageId };
  await whereTheyTalk(context, params.id, (visitor) => voteOnAnswer(visitor, at, body));
  return { ok: true } as const;
});

export const listVotesOperation = operation(contracts.listVotes, async ({ query }, context) => ({
  items: await listVotes(context, query),
}));
