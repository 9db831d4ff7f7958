import { sqlStateOf } from "@/lib/core/errors";

/** The disk is full, or may not be written to. */
const CODES = new Set(["ENOSPC", "EDQUOT", "EROFS", "EACCES", "EPERM"]);
/** The same, as Postgres says it: disk full, out of memory, limit exceeded; and a database that is only for reading. */
const STATES = new Set(["53100", "53200", "53400", "25006"]);

/** True when something could not be kept for want of room or leave to write: the caller answers 503 and stores nothing (T29). */
export function isNoRoom(error: unknown): boolean {
  let current: unknown = error;
  for (let depth = 0; depth < 5 && typeof current === "object" && current !== null; depth += 1) {
    const { code, cause } = current as { code?: unknown; cause?: unknown };
    if (typeof code === "string" && CODES.has(code)) {
      return true;
    }
    current = cause;
  }
  return STATES.has(sqlStateOf(error) ?? "");
}
