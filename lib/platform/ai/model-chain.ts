import { type AnswerModel, type AnswerRequest, type ModelAnswer, ModelError, type ModelFailure } from "./answer-model";
import type { CircuitBreaker } from "./circuit-breaker";

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
    const told = { providerId: link.id, inputTokens: 0, outputTokens: 0, firstMs: null };
    try {
      const answer = await attempt(link, { ...request, firstTextMs });
      const { inputTokens, outputTokens, firstMs } = answer;
      const totalMs = Math.round(performance.now() - begun);
      onAttempt({ ...told, outcome: "ok", firstMs, totalMs, inputTokens, outputTokens });
      return answer;
    } catch (error) {
      failed = error instanceof ModelError ? error : new ModelError("unreachable", { cause: error });
      if (failed.failure !== "circuit_open") {
        onAttempt({ ...told, outcome: failed.failure, totalMs: Math.round(performance.now() - begun) });
      }
      if (failed.failure === "aborted") {
        break;
      }
    }
  }
  throw failed;
}
