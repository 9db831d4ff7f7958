import { AppError } from "@/lib/core/errors";
import { type Attempt, askChain, type Link } from "@/lib/platform/ai/model-chain";
import type { Context } from "@/lib/platform/context";
import { recordAttempts } from "./provider-service";

export interface AssistCall {
  readonly conversationId: string;
  readonly system: string;
  readonly content: string;
  /** What services that take no instructions are asked. */
  readonly question: string;
}

/**
 * Has the chain write one text for an agent, and counts what it cost to the conversation.
 *
 * @throws AppError unavailable `assist_failed` when no model wrote anything
 */
export async function askForAgent(context: Context, links: readonly Link[], call: AssistCall): Promise<string> {
  const { conversationId, system, content, question } = call;
  const attempts: Attempt[] = [];
  const request = {
    system,
    messages: [{ role: "user" as const, content }],
    question,
    user: conversationId,
    onText: () => undefined,
  };
  const answer = await askChain(links, request, (attempt) => attempts.push(attempt)).catch((error: unknown) => {
    context.log.warn({ reason: String(error) }, "no help from a model");
    return undefined;
  });
  const text = answer?.text.replace(/<\/?text>/gu, "").trim() ?? "";
  await recordAttempts(context, attempts, {
    conversationId,
    purpose: "assist",
    prompt: `${system}\n${content}`,
    answer: text,
  });
  if (text === "") {
    throw new AppError("unavailable", "assist_failed");
  }
  return text;
}
