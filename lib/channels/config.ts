import type { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { adapterOf } from "./registry";

/** Reasons of the `errors` messages for what zod found. */
function reasonOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "too_big":
      return "too_long";
    case "too_small":
      return "required";
    default:
      return "invalid_format";
  }
}

/**
 * Holds a configuration to the schema of its channel's adapter, defaults filled in.
 *
 * @throws AppError invalid, with each wrong field as `config.…`
 */
export function parseChannelConfig(type: string, config: Record<string, unknown>): Record<string, unknown> {
  const parsed = adapterOf(type)?.config.safeParse(config);
  if (parsed === undefined) {
    throw new AppError("invalid", "channel_type_unknown");
  }
  if (!parsed.success) {
    throw new AppError("invalid", "invalid", {
      fields: parsed.error.issues.map((issue) => ({
        path: ["config", ...issue.path.map(String)].join("."),
        reason: reasonOf(issue),
      })),
    });
  }
  return parsed.data as Record<string, unknown>;
}
