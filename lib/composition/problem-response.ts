import type { z } from "zod";
import { AppError, type InvalidField } from "@/lib/core/errors";
import { isLocale } from "@/lib/i18n/locales";
import { serverTranslator } from "@/lib/i18n/server-translator";
import { isDatabaseUnreachable } from "@/lib/platform/database/unreachable";
import { log } from "@/lib/platform/log/log";
import { isNoRoom } from "@/lib/platform/storage/no-room";

/** zod's issue codes → keys of the `errors` messages. */
const ISSUE_REASON: Record<string, string> = { too_big: "too_long", too_small: "too_short", invalid_type: "required" };

const NUMBERS = new Set(["number", "int", "bigint"]);

function reasonOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_format" && issue.format === "email") {
    return "invalid_email";
  }
  if ((issue.code === "too_small" || issue.code === "too_big") && NUMBERS.has(issue.origin)) {
    return issue.code === "too_small" ? "number_too_small" : "number_too_big";
  }
  return ISSUE_REASON[issue.code] ?? "invalid_format";
}

/** Fields of a failed parse, as the forms show them. */
export function invalidFields(part: string, error: z.ZodError): InvalidField[] {
  return error.issues.slice(0, 20).map((issue) => ({
    path: [part, ...issue.path].filter((step) => step !== "body").join("."),
    reason: reasonOf(issue),
  }));
}

function known(error: unknown): AppError {
  if (AppError.is(error)) {
    return error;
  }
  if (isNoRoom(error)) {
    return new AppError("unavailable", "no_room", { cause: error, retryAfterSeconds: 30 });
  }
  return isDatabaseUnreachable(error)
    ? new AppError("unavailable", "unavailable", { cause: error, retryAfterSeconds: 2 })
    : new AppError("internal", "internal", { cause: error });
}

/**
 * Any throw → problem+json in the caller's language. What was not thrown on purpose is logged and answered without a
 * word of its cause; a database that is gone is a 503 that says to come back, not a 500 (T20), and so is a disk that is full (T29).
 */
export function problemResponse(
  thrown: unknown,
  request: { readonly locale: string; readonly requestId: string; readonly operation: string },
): Response {
  const error = known(thrown);
  if (error.code === "internal" || error.code === "unavailable") {
    log().error(
      { err: error.options.cause ?? error, requestId: request.requestId, operation: request.operation },
      "request failed",
    );
  }
  const translate = serverTranslator(isLocale(request.locale) ? request.locale : "zh-CN", "errors");
  const { fields, values, retryAfterSeconds } = error.options;
  const body = {
    type: "about:blank",
    title: error.code,
    status: error.status,
    reason: error.reason,
    detail: translate(error.reason, values),
    requestId: request.requestId,
    fields: fields?.map((field) => ({ ...field, detail: translate(field.reason) })),
    retryAfterSeconds,
  };
  return new Response(JSON.stringify(body), {
    status: error.status,
    headers: {
      "content-type": "application/problem+json; charset=utf-8",
      "x-request-id": request.requestId,
      "cache-control": "no-store",
      ...(retryAfterSeconds !== undefined && { "retry-after": String(retryAfterSeconds) }),
    },
  });
}
