import type { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { webChannelConfig } from "./schema";

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
 * Holds a configuration to the schema of its channel's type, defaults filled in.
 *
 * @throws AppError invalid, with each wrong field as `config.…`
 */
export function parseChannelConfig(type: string, config: Record<string, unknown>): Record<string, unknown> {
  if (type !== "web") {
    return config;
  }
  const parsed = webChannelConfig.safeParse(config);
  if (!parsed.success) {
    throw new AppError("invalid", "invalid", {
      fields: parsed.error.issues.map((issue) => ({
        path: ["config", ...issue.path.map(String)].join("."),
        reason: reasonOf(issue),
      })),
    });
  }
  return parsed.data;
}
