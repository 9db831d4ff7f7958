import { z } from "zod";
import { pageOf, pageQuery } from "@/lib/core/pagination";
import { defineContract } from "@/lib/platform/http/contract";

export const auditRow = z.object({
  id: z.string(),
  actorKind: z.string(),
  actorId: z.string().nullable(),
  actorName: z.string().nullable(),
  action: z.string(),
  targetType: z.string(),
  targetId: z.string().nullable(),
  before: z.unknown(),
  after: z.unknown(),
  ip: z.string().nullable(),
  requestId: z.string().nullable(),
  createdAt: z.iso.datetime(),
});
export type AuditRow = z.infer<typeof auditRow>;

export const listAudit = defineContract({
  name: "listAudit",
  summary: "Who did what, newest first",
  tag: "Audit",
  method: "GET",
  path: "/api/v1/audit",
  audience: ["agent", "key"],
  permission: "audit.read",
  query: pageQuery.extend({
    /** An action (`agent.disabled`) or the thing it is about (`agent`). */
    action: z.string().max(60).optional(),
    actorId: z.string().max(40).optional(),
    /** Words in the actor's name, or the id of the target. */
    search: z.string().max(100).optional(),
    /** First and last day, in the merchant's time zone. */
    from: z.iso.date().optional(),
    to: z.iso.date().optional(),
  }),
  result: pageOf(auditRow).extend({
    /** Actions that have happened, for the filter. */
    actions: z.array(z.string()),
    actors: z.array(z.object({ id: z.string(), name: z.string() })),
  }),
});
