import { z } from "zod";
import { defineContract } from "@/lib/platform/http/contract";

export const failedJob = z.object({
  id: z.string(),
  name: z.string(),
  attempts: z.number().int(),
  /** First line of the last error; never the payload. */
  error: z.string(),
  conversationId: z.string().nullable(),
  failedAt: z.iso.datetime(),
});
export type FailedJob = z.infer<typeof failedJob>;

export const listFailedJobs = defineContract({
  name: "listFailedJobs",
  summary: "Background jobs that have no try left, newest first; the platform's administrators see all merchants'",
  tag: "System",
  method: "GET",
  path: "/api/v1/jobs/failed",
  audience: ["agent"],
  permission: "settings.read",
  result: z.object({ items: z.array(failedJob) }),
});

export const retryJob = defineContract({
  name: "retryJob",
  summary: "Try a failed job again, now",
  tag: "System",
  method: "POST",
  path: "/api/v1/jobs/{id}/retry",
  audience: ["agent"],
  permission: "settings.write",
  params: z.object({ id: z.string().regex(/^\d{1,18}$|^none$/) }),
  result: z.object({ ok: z.literal(true) }),
});
