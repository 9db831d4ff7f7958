import type { MessagePart } from "@/lib/conversations/schema";
import type { Link } from "@/lib/platform/ai/model-chain";
import { UNSEEN } from "./answer-stream";
import { considerTurn } from "./consider";
import type { BotRules } from "./settings-schema";
import type { BotContext, Reply } from "./situation";
import { answerIdFor, openTurn, type ThreadMessage } from "./turn";

/** Under what a conversation is rehearsed. */
export interface Stage {
  readonly rules: BotRules;
  readonly links: readonly Link[];
  readonly agentsOnline: boolean;
}

const wordsOf = (parts: readonly MessagePart[]): string =>
  parts.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n");

/**
 * Has the bot answer a conversation that nobody has: the same pipeline as for customers, and nothing is stored, counted
 * or sent. Ends when a person would take over.
 *
 * @param says what the customer says, turn by turn
 * @returns a reply for each turn up to the end
 */
export async function rehearse(context: BotContext, says: readonly string[], stage: Stage): Promise<Reply[]> {
  const thread: ThreadMessage[] = [];
  const replies: Reply[] = [];
  let failures = 0;
  const add = (message: Pick<ThreadMessage, "author_kind" | "text" | "parts" | "client_id">): string => {
    const seq = thread.length + 1;
    thread.push({ ...message, id: `rehearsed-${seq}`, seq, recalled_at: null });
    return `rehearsed-${seq}`;
  };
  for (const text of says) {
    const id = add({ author_kind: "visitor", text, parts: [{ type: "text" }], client_id: null });
    const turn = openTurn(thread);
    if (!turn) {
      break;
    }
    const reply = await considerTurn({
      ...stage,
      context,
      turn,
      conversationId: null,
      customerId: null,
      locale: null,
      failures,
      stream: UNSEEN,
    });
    replies.push(reply);
    failures = reply.failures;
    if (reply.handoff) {
      break;
    }
    const parts = reply.parts.map((part) => ({ ...part }));
    add({ author_kind: "bot", text: wordsOf(reply.parts), parts, client_id: answerIdFor(id) });
  }
  return replies;
}
