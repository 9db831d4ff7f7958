import { createParser } from "eventsource-parser";
import { type AnswerRequest, type ModelAnswer, ModelError, type ModelFailure } from "./answer-model";

/** Longest whole answer, and longest pause in the middle of one. */
const TOTAL_MS = 30_000;
const PAUSE_MS = 5_000;
const DETAIL = 300;

/** One running call: its signal ends the request, its clock knows when the first word came. */
export class ModelCall {
  readonly #controller = new AbortController();
  readonly #started = performance.now();
  readonly #total: NodeJS.Timeout;
  #waiting: NodeJS.Timeout;
  #firstMs: number | undefined;
  #late = false;

  constructor(
    firstTextMs: number,
    private readonly caller: AbortSignal | undefined,
  ) {
    this.#total = setTimeout(() => this.#end(), TOTAL_MS);
    this.#waiting = setTimeout(() => this.#end(), firstTextMs);
    caller?.addEventListener("abort", this.#abandon);
    if (caller?.aborted) {
      this.#abandon();
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get firstMs(): number {
    return Math.round(this.#firstMs ?? performance.now() - this.#started);
  }

  /** Something arrived, be it a keep-alive: after the first word a call lives as long as the line does. */
  alive = (): void => {
    if (this.#firstMs !== undefined && !this.signal.aborted) {
      clearTimeout(this.#waiting);
      this.#waiting = setTimeout(() => this.#end(), PAUSE_MS);
    }
  };

  /** Words arrived. */
  wordsCame(): void {
    this.#firstMs ??= performance.now() - this.#started;
    this.alive();
  }

  close(): void {
    clearTimeout(this.#total);
    clearTimeout(this.#waiting);
    this.caller?.removeEventListener("abort", this.#abandon);
  }

  /** What an error of this call means. */
  failureOf(error: unknown): ModelError {
    if (this.caller?.aborted) {
      return new ModelError("aborted", { cause: error });
    }
    if (this.#late) {
      return new ModelError("timeout", { cause: error });
    }
    return error instanceof ModelError ? error : new ModelError(networkFailure(error), { cause: error });
  }

  readonly #abandon = (): void => this.#controller.abort();

  #end(): void {
    this.#late = true;
    this.#controller.abort();
  }
}

function networkFailure(error: unknown): ModelFailure {
  let current: unknown = error;
  for (let depth = 0; depth < 4 && typeof current === "object" && current !== null; depth += 1) {
    const { code, cause } = current as { code?: unknown; cause?: unknown };
    if (code === "EACCES") {
      return "blocked";
    }
    if (code === "ECONNRESET" || code === "UND_ERR_SOCKET") {
      return "cut";
    }
    current = cause;
  }
  return error instanceof SyntaxError ? "malformed" : "unreachable";
}

function failureOfStatus(status: number, said: string): ModelFailure {
  if (status === 401 || status === 403) {
    return "unauthorized";
  }
  if (status === 402 || /insufficient_quota|quota_exceeded|billing|arrears/iu.test(said)) {
    return "quota";
  }
  return status === 429 ? "limited" : "refused";
}

function restOf(headers: Headers): number | undefined {
  const milliseconds = Number(headers.get("retry-after-ms") ?? Number.NaN);
  const seconds = Number(headers.get("retry-after") ?? Number.NaN);
  const rest = Number.isFinite(milliseconds) ? milliseconds : seconds * 1_000;
  return Number.isFinite(rest) ? Math.min(Math.max(rest, 0), 120_000) : undefined;
}

/** The error that a refusal stands for; its body may be JSON of any shape, or a proxy's page. */
export async function refusalOf(response: Response): Promise<ModelError> {
  const said = (await response.text().catch(() => "")).slice(0, 4_000);
  const detail = said
    .replace(/<[^>]*>/gu, " ")
    .replace(/\s+/gu, " ")
    .trim()
    .slice(0, DETAIL);
  return new ModelError(failureOfStatus(response.status, said), {
    detail: `${response.status} ${detail}`.trim(),
    restMs: response.status === 429 ? restOf(response.headers) : undefined,
  });
}

/** Posts JSON. @throws ModelError when it is refused, or what `fetch` throws */
export async function post(
  call: ModelCall,
  to: { readonly fetch: typeof fetch; readonly url: string; readonly headers: Readonly<Record<string, string>> },
  body: unknown,
): Promise<Response> {
  const response = await to.fetch(to.url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "text/event-stream, application/json", ...to.headers },
    body: JSON.stringify(body),
    signal: call.signal,
    redirect: "error",
  });
  if (!response.ok) {
    throw await refusalOf(response);
  }
  return response;
}

/**
 * The data of a response's server-sent events. Bytes may split anywhere, lines may end in CRLF, comments keep alive.
 * Ends with the connection: whether the answer was whole is the caller's to know.
 */
export async function* eventData(response: Response, call: ModelCall): AsyncGenerator<string> {
  const waiting: string[] = [];
  const parser = createParser({ onEvent: ({ data }) => void waiting.push(data) });
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    call.alive();
    parser.feed(decoder.decode(chunk, { stream: true }));
    yield* waiting.splice(0);
  }
  parser.feed(decoder.decode());
  parser.reset({ consume: true });
  yield* waiting.splice(0);
}

/** An event's object. @throws ModelError malformed */
export function objectOf(data: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(data);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
  } catch (error) {
    throw new ModelError("malformed", { cause: error });
  }
  throw new ModelError("malformed");
}

/** Runs one call within its limits. @throws ModelError, whatever went wrong */
export async function withinLimits(
  firstTextMs: number,
  request: AnswerRequest,
  answer: (call: ModelCall) => Promise<ModelAnswer>,
): Promise<ModelAnswer> {
  const call = new ModelCall(Math.min(firstTextMs, request.firstTextMs ?? firstTextMs), request.signal);
  try {
    return await answer(call);
  } catch (error) {
    throw call.failureOf(error);
  } finally {
    call.close();
  }
}
