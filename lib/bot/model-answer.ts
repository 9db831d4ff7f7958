import type { SearchHit } from "@/lib/knowledge/schema";
import { type AnswerModel, ModelError } from "@/lib/platform/ai/answer-model";
import type { Logger } from "@/lib/platform/log/log";
import type { AnswerStream } from "./answer-stream";
import { type GuardInput, guard, inspect } from "./guard";
import { buildPrompt, NO_ANSWER, type PromptTurn, readCitations } from "./prompt";

export interface ModelQuestion {
  readonly question: string;
  readonly history: readonly PromptTurn[];
  readonly sources: readonly SearchHit[];
  readonly language: "zh-CN" | "en";
}

/** What came of asking a model; `failed` and `none` leave the answer to the embedded answerer. */
export type ModelOutcome =
  | { readonly kind: "answered"; readonly text: string; readonly cited: readonly SearchHit[] }
  /** The model says that the sources do not answer. */
  | { readonly kind: "none" }
  | { readonly kind: "failed" };

class Stopped extends Error {}

/** A number or address is judged when it is whole: what may still grow is held back. */
const HELD = /[^\s\u3000-\u303f\u3400-\u9fff\uff01-\uff0f]*$/u;

/** The part of an unfinished text that may be shown, without its marks. */
function showable(text: string, count: number): string {
  return readCitations(text.replace(HELD, ""), count).text;
}

function outcomeOf(raw: string, input: ModelQuestion, guardInput: GuardInput, log: Logger): ModelOutcome {
  if (raw.includes(NO_ANSWER)) {
    return { kind: "none" };
  }
  const { text, cited } = readCitations(raw, input.sources.length);
  const verdict = guard(text, guardInput);
  if (!verdict.ok) {
    log.warn({ violation: verdict.violation }, "model answer refused");
    return { kind: "failed" };
  }
  const hits = cited.flatMap((index) => input.sources[index] ?? []);
  return { kind: "answered", text: verdict.text, cited: hits.length > 0 ? hits : input.sources.slice(0, 1) };
}

/**
 * Asks a model for an answer from the sources and streams it. Each piece passes the guard before it is shown; the
 * first figure, link or secret that stands in no source ends the call.
 *
 * Never throws: whatever happens to the provider, the caller has an answer of its own.
 */
export async function askModel(
  model: AnswerModel,
  input: ModelQuestion,
  stream: AnswerStream,
  log: Logger,
): Promise<ModelOutcome> {
  const prompt = buildPrompt(input);
  const guardInput: GuardInput = {
    sources: input.sources.map((hit) => `${hit.question}\n${hit.answer}`),
    question: input.question,
    instructions: prompt.system,
  };
  const controller = new AbortController();
  let raw = "";
  const onToken = (token: string) => {
    raw += token;
    const text = showable(raw, input.sources.length);
    const verdict = inspect(text, guardInput);
    if (!verdict.ok) {
      log.warn({ violation: verdict.violation }, "model answer stopped");
      controller.abort(new Stopped());
      return;
    }
    if (!controller.signal.aborted && !NO_ANSWER.startsWith(text.slice(0, NO_ANSWER.length))) {
      stream.show(verdict.text);
    }
  };
  const started = performance.now();
  try {
    const answer = await model.streamAnswer({ ...prompt, signal: controller.signal, onToken });
    const { inputTokens, outputTokens } = answer;
    log.info(
      { model: model.name, inputTokens, outputTokens, ms: Math.round(performance.now() - started) },
      "model answered",
    );
    return outcomeOf(answer.text, input, guardInput, log);
  } catch (error) {
    const failure = error instanceof ModelError ? error.failure : "unexpected";
    log.warn({ model: model.name, failure, ms: Math.round(performance.now() - started) }, "model gave no answer");
    return { kind: "failed" };
  } finally {
    stream.close();
  }
}
