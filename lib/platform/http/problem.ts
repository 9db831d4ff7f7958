import { z } from "zod";

/** RFC 9457 problem document: every error of the API has this shape. Client-safe. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  /** Key in the `errors` messages; a client shows its translation. */
  reason: z.string(),
  /** One sentence in the caller's language. */
  detail: z.string(),
  requestId: z.string().optional(),
  fields: z.array(z.object({ path: z.string(), reason: z.string(), detail: z.string().optional() })).optional(),
  retryAfterSeconds: z.number().optional(),
});

export type Problem = z.infer<typeof problem>;
