import pino, { type Logger } from "pino";
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

let root: Logger | undefined;

/** JSON lines on standard output, one per happening, with `requestId` where there is one. */
export function log(): Logger {
  root ??= pino({
    level: env().LOG_LEVEL,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: REDACTED, censor: "[redacted]" },
  });
  return root;
}
