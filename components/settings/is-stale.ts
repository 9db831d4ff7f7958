import { RequestFailed } from "@/lib/platform/http/client";

/** True when somebody else saved the same thing since it was read. */
export function isStale(error: unknown): boolean {
  return error instanceof RequestFailed && error.problem.reason === "stale_version";
}
