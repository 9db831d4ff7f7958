import type { LanguageModel } from "ai";
import { env } from "@/lib/platform/env/env";
import { CircuitBreaker } from "./circuit-breaker";

/** Why no usable text came: the caller answers by itself then. */
export type ModelFailure = "circuit_open" | "timeout" | "refused" | "cut" | "aborted";

export class ModelError extends Error {
  constructor(
    readonly failure: ModelFailure,
    options?: { readonly cause?: unknown },
  ) {
    super(`model: ${failure}`, options);
    this.name = "ModelError";
  }
}

export interface AnswerRequest {
  readonly system: string;
  readonly messages: readonly { readonly role: "user" | "assistant"; readonly content: string }[];
  /** Ends the call; nothing more arrives at `onToken` then. */
  readonly signal?: AbortSignal;
  readonly onToken: (text: string) => void;
}

export interface ModelAnswer {
  readonly text: string;
  readonly inputTokens: number | undefined;
  readonly outputTokens: number | undefined;
}

/** A language model behind an OpenAI-compatible address. */
export interface AnswerModel {
  readonly name: string;
  /** Streams one answer. @throws ModelError when it did not come whole and in time */
  streamAnswer(request: AnswerRequest): Promise<ModelAnswer>;
}

export interface ModelSettings {
  readonly baseUrl: string;
  readonly apiKey?: string | undefined;
  readonly model: string;
  /** Longest wait for the first word, in milliseconds. */
  readonly firstTokenMs: number;
  /** Longest time for the whole answer, in milliseconds. */
  readonly totalMs?: number;
}

const TOTAL_MS = 30_000;
/** A pause in the middle of an answer longer than this is an end. */
const PAUSE_MS = 6_000;
const OUTPUT_TOKENS = 600;

/** The SDK weighs megabytes and most installations have no model: it is loaded with the first question. */
async function loadModel(settings: ModelSettings): Promise<LanguageModel> {
  const { createOpenAICompatible } = await import("@ai-sdk/openai-compatible");
  const provider = createOpenAICompatible({
    name: "configured",
    baseURL: settings.baseUrl,
    includeUsage: true,
    ...(settings.apiKey && { apiKey: settings.apiKey }),
  });
  return provider(settings.model);
}

async function readStream(model: LanguageModel, settings: ModelSettings, request: AnswerRequest): Promise<ModelAnswer> {
  const { streamText } = await import("ai");
  const { stream } = streamText({
    model,
    instructions: request.system,
    messages: [...request.messages],
    maxOutputTokens: OUTPUT_TOKENS,
    temperature: 0.2,
    // The visitor waits: the embedded answerer is the second try.
    maxRetries: 0,
    timeout: { firstChunkMs: settings.firstTokenMs, chunkMs: PAUSE_MS, totalMs: settings.totalMs ?? TOTAL_MS },
    ...(request.signal && { abortSignal: request.signal }),
    onError: () => undefined,
  });
  let text = "";
  for await (const part of stream) {
    if (part.type === "text-delta") {
      text += part.text;
      request.onToken(part.text);
    } else if (part.type === "error") {
      throw part.error;
    } else if (part.type === "abort") {
      throw new ModelError(request.signal?.aborted ? "aborted" : "timeout");
    } else if (part.type === "finish") {
      if (part.finishReason !== "stop" || text.trim() === "") {
        throw new ModelError("cut");
      }
      return { text, inputTokens: part.totalUsage.inputTokens, outputTokens: part.totalUsage.outputTokens };
    }
  }
  throw new ModelError("cut");
}

function asModelError(error: unknown, signal: AbortSignal | undefined): ModelError {
  if (signal?.aborted) {
    return new ModelError("aborted", { cause: error });
  }
  if (error instanceof ModelError) {
    return error;
  }
  const name = error instanceof Error ? error.name : "";
  return new ModelError(name === "TimeoutError" || name === "AbortError" ? "timeout" : "refused", { cause: error });
}

/** A model at an address, with time-outs and a circuit breaker of its own. */
export function createAnswerModel(settings: ModelSettings, breaker = new CircuitBreaker()): AnswerModel {
  let model: Promise<LanguageModel> | undefined;
  return {
    name: settings.model,
    async streamAnswer(request) {
      if (!breaker.allows()) {
        throw new ModelError("circuit_open");
      }
      try {
        model ??= loadModel(settings);
        const answer = await readStream(await model, settings, request);
        breaker.succeeded();
        return answer;
      } catch (error) {
        const failure = asModelError(error, request.signal);
        if (failure.failure === "aborted") {
          breaker.abandoned();
        } else {
          breaker.failed();
        }
        throw failure;
      }
    },
  };
}

let configured: { readonly model: AnswerModel | undefined } | undefined;

/** The model of the environment (AI_BASE_URL, AI_MODEL, AI_API_KEY); undefined when none is configured. */
export function configuredModel(): AnswerModel | undefined {
  if (!configured) {
    const { AI_BASE_URL: baseUrl, AI_MODEL: model, AI_API_KEY: apiKey, AI_FIRST_TOKEN_MS: firstTokenMs } = env();
    configured = { model: baseUrl && model ? createAnswerModel({ baseUrl, model, apiKey, firstTokenMs }) : undefined };
  }
  return configured.model;
}
