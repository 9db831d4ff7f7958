import { type AnswerModel, type AnswerRequest, type ModelAnswer, ModelError, type ModelFailure } from "./answer-model";
import type { CircuitBreaker } from "./circuit-breaker";
import { estimatedTokens } from "./estimated-tokens";

/** One provider in its place of the chain. */
export interface Link {
  readonly id: string;
  readonly model: AnswerModel;
  readonly breaker: Pick<CircuitBreaker, "allows" | "succeeded" | "failed" | "abandoned">;
}

/** What one call came to: for the record, the budgets and the page. */
export interface Attempt {
  readonly providerId: string;
  readonly outcome: "ok" | ModelFailure;
  readonly firstMs: number | null;
  readonly totalMs: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** Longest wait for the first word, all providers together: after it the embedded answerer speaks (T27: 10 s). */
const FIRST_TEXT_MS = 9_000;
/** What is kept back for each provider that may still be asked. */
const RESERVE_MS = 1_500;

async function attempt(link: Link, request: AnswerRequest): Promise<ModelAnswer> {
  if (!link.breaker.allows()) {
    throw new ModelError("circuit_open");
  }
  try {
    const answer = await link.model.streamAnswer(request);
    link.breaker.succeeded();
    return answer;
  } catch (error) {
    const failure = error instanceof ModelError ? error : new ModelError("unreachable", { cause: error });
    if (failure.failure === "aborted") {
      link.breaker.abandoned();
    } else {
      link.breaker.failed(failure.options.restMs);
    }
    throw failure;
  }
}

/**
 * What a call costs that comes to nothing: rounds that were finished, and where words had come (or tools were run) what
 * was read and written for them, estimated. A model that is cut off for what it says is paid for all the same, or an
 * attacker who makes each answer unfit would spend without a limit.
 */
class Spending {
  #input = 0;
  #output = 0;
  #words = "";

  constructor(private readonly request: AnswerRequest) {}

  /** The request, overheard. */
  readonly overheard = (): AnswerRequest => ({
    ...this.request,
    onText: (text, nature) => {
      this.#words = text;
      this.request.onText(text, nature);
    },
    onUsage: (input, output) => {
      this.#input += input;
      this.#output += output;
      this.#words = "";
    },
  });

  /** Tokens so far. */
  get tokens(): { inputTokens: number; outputTokens: number } {
    const read = [this.request.system, ...this.request.messages.map(({ content }) => content)].join("\n");
    const begun = this.#words !== "";
    return {
      inputTokens: this.#input + (begun ? estimatedTokens(read) : 0),
      outputTokens: this.#output + estimatedTokens(this.#words),
    };
  }
}

/**
 * Asks providers in order until one answers whole. What a failed one had begun to write is replaced by the next.
 *
 * @param request.firstTextMs longest wait for the first word, all providers together
 * @param onAttempt told of every call that was made; calls that an open circuit spared are none
 */
export async function askChain(
  links: readonly Link[],
  request: AnswerRequest,
  onAttempt: (attempt: Attempt) => void,
): Promise<ModelAnswer> {
  const started = performance.now();
  let failed = new ModelError("timeout");
  const whole = Math.min(request.firstTextMs ?? FIRST_TEXT_MS, FIRST_TEXT_MS);
  for (const [index, link] of links.entries()) {
    const left = whole - (performance.now() - started);
    if (left < RESERVE_MS / 2) {
      break;
    }
    const firstTextMs = Math.max(RESERVE_MS, left - RESERVE_MS * (links.length - 1 - index));
    const begun = performance.now();
    const spending = new Spending({ ...request, firstTextMs });
    const told = { providerId: link.id, firstMs: null };
    try {
      const answer = await attempt(link, spending.overheard());
      const { inputTokens, outputTokens, firstMs } = answer;
      const totalMs = Math.round(performance.now() - begun);
      onAttempt({ ...told, outcome: "ok", firstMs, totalMs, inputTokens, outputTokens });
      return answer;
    } catch (error) {
      failed = error instanceof ModelError ? error : new ModelError("unreachable", { cause: error });
      if (failed.failure !== "circuit_open") {
        const totalMs = Math.round(performance.now() - begun);
        onAttempt({ ...told, ...spending.tokens, outcome: failed.failure, totalMs });
      }
      if (failed.failure === "aborted") {
        break;
      }
    }
  }
  throw failed;
}
