import type { z } from "zod";
import type { ActorOf } from "@/lib/core/actor";
import type { JobName } from "@/lib/events/routes";
import type { Context } from "@/lib/platform/context";

/** A handler of one kind of job. Handlers are idempotent: a job may run again after a crash, so they read state first. */
export interface Job<Schema extends z.ZodType> {
  readonly name: JobName;
  readonly schema: Schema;
  /**
   * True for a job that does nothing but change the database: its commits need not wait for the disk. Should the database
   * fail, what it did is lost only together with the news that it was done, which is written later; so it runs again.
   */
  readonly replayable?: boolean;
  readonly handle: (payload: z.output<Schema>, context: Context<ActorOf<"system">>) => Promise<void>;
}

/** Any job, for lists of them. */
export interface AnyJob {
  readonly name: JobName;
  readonly schema: z.ZodType;
  readonly replayable?: boolean;
  readonly handle: (payload: never, context: Context<ActorOf<"system">>) => Promise<void>;
}

/** Keeps the payload's type between schema and handler. */
export function defineJob<Schema extends z.ZodType>(job: Job<Schema>): Job<Schema> {
  return job;
}
