import pino, { type Logger, type LoggerOptions } from "pino";
import { env } from "@/lib/platform/env/env";

export type { Logger } from "pino";

// Anything that can hold a secret or a person's words is cut out before a line is written (T48, T60).
const REDACTED = [
  "password",
  "*.password",
  "secret",
  "*.secret",
  "token",
  "*.token",
  "authorization",
  "headers.authorization",
  "headers.cookie",
  "*.headers.authorization",
  "*.headers.cookie",
  "text",
  "*.text",
];

/** How lines are written: JSON, with the time, without secrets. */
export function logOptions(level: string): LoggerOptions {
  return {
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: REDACTED, censor: "[redacted]" },
  };
}

let root: Logger | undefined;

/** JSON lines on standard output, one per happening, with `requestId` where there is one. */
export function log(): Logger {
  root ??= pino(logOptions(env().LOG_LEVEL));
  return root;
}
