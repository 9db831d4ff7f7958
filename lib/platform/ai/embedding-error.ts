import { ModelError, type ModelFailure } from "./answer-model";

/** Why no vectors came. */
export const EMBEDDING_FAILURES = [
  "circuit_open",
  "timeout",
  "unauthorized",
  "not_found",
  "limited",
  "quota",
  "refused",
  "overloaded",
  "unreachable",
  "blocked",
  "malformed",
  "web_page",
  "cut",
  "aborted",
  /** Vectors with another number of numbers than were asked for, or than those before. */
  "dimension",
  /** Something among the numbers that is none, or nothing but zeros. */
  "not_numbers",
  /** Fewer or more vectors than texts. */
  "count",
  /** Vectors that tell nothing apart. */
  "meaningless",
] as const;
export type EmbeddingFailure = (typeof EMBEDDING_FAILURES)[number];

/** What another try, later, may find mended; the others want a person. */
const PASSING: readonly EmbeddingFailure[] = ["circuit_open", "timeout", "limited", "overloaded", "unreachable", "cut"];
/** What one text of a call may have caused. */
const OF_A_TEXT: readonly EmbeddingFailure[] = ["refused", "not_numbers", "malformed", "count"];

export class EmbeddingError extends Error {
  constructor(
    readonly failure: EmbeddingFailure,
    readonly options: {
      readonly cause?: unknown;
      /** What the service said, for the person who set it up. */
      readonly detail?: string | undefined;
      /** How long the service wants to be left alone, in milliseconds. */
      readonly restMs?: number | undefined;
    } = {},
  ) {
    super(`embeddings: ${failure}`, { cause: options.cause });
    this.name = "EmbeddingError";
  }

  get isPassing(): boolean {
    return PASSING.includes(this.failure);
  }

  get mayBeOneText(): boolean {
    return OF_A_TEXT.includes(this.failure);
  }
}

const SAME: readonly string[] = EMBEDDING_FAILURES;

function named({ failure, options }: ModelError): EmbeddingFailure {
  const status = Number.parseInt(options.detail ?? "", 10);
  if (failure === "refused" && status === 404) {
    return "not_found";
  }
  if (failure === "refused" && status >= 500) {
    return "overloaded";
  }
  return SAME.includes(failure) ? (failure as ModelFailure & EmbeddingFailure) : "refused";
}

/** What any error of a call means: ours stand somewhere in its causes. */
export function embeddingErrorOf(error: unknown): EmbeddingError {
  let current: unknown = error;
  for (let depth = 0; depth < 6 && typeof current === "object" && current !== null; depth += 1) {
    if (current instanceof EmbeddingError) {
      return current;
    }
    if (current instanceof ModelError) {
      return new EmbeddingError(named(current), { ...current.options, cause: error });
    }
    const { name, code, cause } = current as { name?: string; code?: unknown; cause?: unknown };
    if (name === "TimeoutError") {
      return new EmbeddingError("timeout", { cause: error });
    }
    if (code === "EACCES") {
      return new EmbeddingError("blocked", { cause: error });
    }
    if (code === "ECONNRESET" || code === "UND_ERR_SOCKET" || code === "ERR_STREAM_PREMATURE_CLOSE") {
      return new EmbeddingError("cut", { cause: error });
    }
    if (code === "EFBIG" || name === "AI_JSONParseError" || name === "AI_TypeValidationError") {
      return new EmbeddingError("malformed", { cause: error });
    }
    current = cause;
  }
  return new EmbeddingError("unreachable", { cause: error });
}
