/** What a call that did not succeed throws; `status` 0 means that no answer came. */
export class RequestFailure extends Error {
  /** What the server asked for before another try. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly status: number,
    readonly reason: string,
    /** One sentence in the visitor's language; empty when no answer came. */
    readonly detail: string,
    options: { readonly retryAfterSeconds?: number; readonly cause?: unknown } = {},
  ) {
    super(`${status} ${reason}`, { cause: options.cause });
    this.name = "RequestFailure";
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** The fields of a problem document (RFC 9457) that a visitor's page reads. */
interface ProblemFields {
  readonly reason?: string;
  readonly detail?: string;
  readonly retryAfterSeconds?: number;
}

/** Reads a failure from what the server said; anything that is no problem document counts as an internal error. */
export function failureFrom(status: number, body: unknown, retryAfter: string | null): RequestFailure {
  const said = (typeof body === "object" && body !== null ? body : {}) as ProblemFields;
  const seconds = said.retryAfterSeconds ?? (retryAfter ? Number(retryAfter) : undefined);
  return new RequestFailure(
    status,
    said.reason ?? "internal",
    said.detail ?? "",
    seconds !== undefined && Number.isFinite(seconds) ? { retryAfterSeconds: seconds } : {},
  );
}
