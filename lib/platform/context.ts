import type { Database } from "@/db/client";
import type { Actor } from "@/lib/core/actor";
import type { Logger } from "@/lib/platform/log/log";

/** All that a use case depends on. An edge builds it (route, job, command); so does a test. */
export interface Context<A extends Actor = Actor> {
  readonly db: Database;
  readonly actor: A;
  readonly requestId: string;
  /** The clock; a test sets it. */
  readonly now: () => Date;
  readonly log: Logger;
  /** Where the request came from, for audit and rate limits. */
  readonly ip: string | null;
  /** Language of the person who asked, for text that a use case has to word (a system line, say). */
  readonly locale: string;
}
