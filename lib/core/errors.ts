/**
 * The closed set of failure codes (architecture.md section 3). One map turns them into HTTP statuses, so that a
 * use case never thinks about HTTP and a route never invents a status.
 */
export const ERROR_STATUS = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  unsupported_type: 415,
  /** Well-formed, with a field missing or wrong: for paths whose callers expect it so; `invalid` everywhere else. */
  unprocessable: 422,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** One field that a request got wrong; `path` is dotted (`body.email`), `reason` a key in the `errors` messages. */
export interface InvalidField {
  readonly path: string;
  readonly reason: string;
}

const MARK = Symbol.for("yingda.app-error");

/**
 * The only error that use cases throw on purpose.
 *
 * `reason` is a key of the `errors` message namespace: the edge translates it into the person's language and never
 * shows `cause`. The mark instead of `instanceof` survives the separate module graphs of Next and the server bundle.
 */
export class AppError extends Error {
  readonly [MARK] = true;

  constructor(
    readonly code: ErrorCode,
    readonly reason: string,
    readonly options: {
      cause?: unknown;
      fields?: readonly InvalidField[];
      values?: Record<string, string | number>;
      retryAfterSeconds?: number;
    } = {},
  ) {
    super(`${code}: ${reason}`, { cause: options.cause });
    this.name = "AppError";
  }

  /** HTTP status of this error's code. */
  get status(): number {
    return ERROR_STATUS[this.code];
  }

  static is(value: unknown): value is AppError {
    return typeof value === "object" && value !== null && MARK in value;
  }
}

/** SQLSTATE of a failed statement; Drizzle wraps driver errors, so the chain of causes is searched. */
export function sqlStateOf(error: unknown): string | undefined {
  let current: unknown = error;
  for (let depth = 0; depth < 5 && typeof current === "object" && current !== null; depth += 1) {
    const code = (current as { code?: unknown }).code;
    if (typeof code === "string" && /^[0-9A-Z]{5}$/.test(code)) {
      return code;
    }
    current = (current as { cause?: unknown }).cause;
  }
  return undefined;
}

/** True when Postgres refused a row because of a unique index (SQLSTATE 23505). */
export function isUniqueViolation(error: unknown): boolean {
  return sqlStateOf(error) === "23505";
}
