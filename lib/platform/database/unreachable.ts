import { sqlStateOf } from "@/lib/core/errors";

/** Driver and socket codes for "there is no database at the other end right now". */
const UNREACHABLE = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ENOENT",
  "ETIMEDOUT",
  "CONNECT_TIMEOUT",
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
]);
/** Shutting down, crashed, starting up, out of connections, statement cut by its time limit. */
const UNREACHABLE_STATES = new Set(["57P01", "57P02", "57P03", "53300", "57014", "08006", "08001", "08003"]);
/** What the driver says, without a code, when a connection breaks or none can be had in time. */
const UNREACHABLE_WORDS =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying)/;

/** True when an error means that the database cannot be reached or is just restarting: the caller answers 503. */
export function isDatabaseUnreachable(error: unknown): boolean {
  let current: unknown = error;
  for (let depth = 0; depth < 5 && typeof current === "object" && current !== null; depth += 1) {
    const code = (current as { code?: unknown }).code;
    if (typeof code === "string" && UNREACHABLE.has(code)) {
      return true;
    }
    if (current instanceof Error && UNREACHABLE_WORDS.test(current.message)) {
      return true;
    }
    current = (current as { cause?: unknown }).cause;
  }
  return UNREACHABLE_STATES.has(sqlStateOf(error) ?? "");
}
