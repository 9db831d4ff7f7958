import { voteOnAnswerOperation } from "@/lib/bot/vote-operations";
import { defineRoute } from "@/lib/web/define-route";

export const PUT = defineRoute(voteOnAnswerOperation);
