import type { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { isAllowedHost } from "@/lib/platform/http/guarded-fetch";
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

/** Host (with port) of an address that stands in for the platform's; undefined when the platform's own is used. */
export function baseHostOf(config: Readonly<Record<string, unknown>>): string | undefined {
  const base = config["apiBase"];
  return typeof base === "string" && URL.canParse(base) ? new URL(base).host : undefined;
}

/**
 * Holds a stand-in address to what the operator allowed: by form and API only hosts of `OUTGOING_ALLOW_HOSTS`, for
 * whatever is set here is exempt from the guard against private addresses (T56). The command line may set any.
 *
 * @param before the configuration as it stood: an address that an operator set may stay
 * @throws AppError invalid with `config.apiBase`
 */
export function checkApiBase(
  config: Readonly<Record<string, unknown>>,
  before: Readonly<Record<string, unknown>> = {},
): void {
  const host = baseHostOf(config);
  if (host !== undefined && config["apiBase"] !== before["apiBase"] && !isAllowedHost(host)) {
    throw new AppError("invalid", "invalid", { fields: [{ path: "config.apiBase", reason: "host_not_allowed" }] });
  }
}
