import { sqlStateOf } from "@/lib/core/errors";

/** The disk is full, or only for reading. */
const CODES = new Set(["ENOSPC", "EDQUOT", "EROFS"]);
/** No leave to write. Only of files: addresses that may not be reached are refused with these, too. */
const REFUSALS = new Set(["EACCES", "EPERM"]);
/** The same, as Postgres says it: disk full, out of memory, limit exceeded; and a database that is only for reading. */
const STATES = new Set(["53100", "53200", "53400", "25006"]);

/** True when something could not be kept for want of room or leave to write: the caller answers 503 and stores nothing (T29). */
export function isNoRoom(error: unknown): boolean {
  let current: unknown = error;
  for (let depth = 0; depth < 5 && typeof current === "object" && current !== null; depth += 1) {
    const { code, path, cause } = current as { code?: unknown; path?: unknown; cause?: unknown };
    if (typeof code === "string" && (CODES.has(code) || (REFUSALS.has(code) && typeof path === "string"))) {
      return true;
    }
    current = cause;
  }
  return STATES.has(sqlStateOf(error) ?? "");
}
