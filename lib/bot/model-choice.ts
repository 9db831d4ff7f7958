import { type Attempt, askChain, type Link } from "@/lib/platform/ai/model-chain";
import { maskPrivateData } from "@/lib/platform/text/private-data";
import { buildChoice } from "./prompt";

/** Longest wait for the model's word, in milliseconds: the answer itself is still to come. */
const CHOICE_MS = 2_500;

/**
 * Has a model say which of some names a question is about.
 *
 * @returns `text`: one of the names exactly as given, or undefined when the model chose none of them
 */
export async function chooseWithModel(
  links: readonly Link[],
  question: string,
  names: readonly string[],
  user: string,
): Promise<{ readonly text: string | undefined; readonly attempts: readonly Attempt[]; readonly prompt: string }> {
  const { system, messages } = buildChoice(question, names);
  const attempts: Attempt[] = [];
  const prompt = [system, ...messages.map(({ content }) => content)].join("\n");
  try {
    const { text } = await askChain(
      links,
      {
        system,
        messages,
        question: maskPrivateData(question),
        user,
        firstTextMs: CHOICE_MS,
        onText: () => undefined,
      },
      (attempt) => attempts.push(attempt),
    );
    const chosen = Number(/\d+/u.exec(text)?.[0] ?? Number.NaN);
    return { text: names[chosen - 1], attempts, prompt };
  } catch {
    return { text: undefined, attempts, prompt };
  }
}
