import { z } from "zod";
import { pageOf, pageQuery } from "@/lib/core/pagination";
import { defineContract } from "@/lib/platform/http/contract";
import { agentInput } from "./schema";

export const merchantRow = z.object({
  id: z.string(),
  kind: z.enum(["platform", "merchant"]),
  slug: z.string(),
  name: z.string(),
  locale: z.string(),
  timezone: z.string(),
  /** Out of service since; nothing of it is deleted. */
  suspendedAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  /** Who may sign in; administrators of the platform who only visit are left out. */
  people: z.number().int(),
  channels: z.number().int(),
  /** In line for a person now. */
  waiting: z.number().int(),
  /** Of the last days, in its own time zone. */
  figures: z.object({
    conversations: z.number().int(),
    messages: z.number().int(),
    resolutionRate: z.number().nullable(),
    containment: z.number().nullable(),
    firstResponseMedian: z.number().nullable(),
    satisfaction: z.number().nullable(),
  }),
});
export type MerchantRow = z.infer<typeof merchantRow>;

const fields = z.object({
  name: z.string().trim().min(1).max(60),
  /** Its part of chat addresses: /chat?target=merchant:<slug>. */
  slug: z
    .string()
    .trim()
    .regex(/^[a-z0-9][a-z0-9-]{1,39}$/),
  locale: z.enum(["zh-CN", "en"]),
  timezone: z.string().trim().min(1).max(60),
});

export const merchantInput = fields.extend({
  slug: fields.shape.slug.optional(),
  locale: fields.shape.locale.default("zh-CN"),
  timezone: fields.shape.timezone.default("Asia/Shanghai"),
  /** Invited as its first administrator. */
  adminEmail: agentInput.shape.email.optional(),
});

export const merchantPatch = fields.partial().extend({ suspended: z.boolean().optional() });

export const listMerchants = defineContract({
  name: "listMerchants",
  summary: "Merchants of the platform with the numbers of their last days, for the platform's administrators",
  tag: "Identity",
  method: "GET",
  path: "/api/v1/merchants",
  audience: ["agent"],
  permission: "settings.write",
  query: pageQuery.extend({
    search: z.string().max(60).optional(),
    days: z.coerce.number().int().min(1).max(366).default(30),
  }),
  result: pageOf(merchantRow),
});

export const createMerchant = defineContract({
  name: "createMerchant",
  summary: "Add a merchant with a web channel; answers the invitation link of its administrator when one is named",
  tag: "Identity",
  method: "POST",
  path: "/api/v1/merchants",
  audience: ["agent"],
  permission: "settings.write",
  body: merchantInput,
  result: z.object({ id: z.string(), link: z.string().nullable() }),
  status: 201,
});

export const updateMerchant = defineContract({
  name: "updateMerchant",
  summary: "Rename a merchant, or take it out of service and back",
  tag: "Identity",
  method: "PATCH",
  path: "/api/v1/merchants/{id}",
  audience: ["agent"],
  permission: "settings.write",
  params: z.object({ id: z.string().max(40) }),
  body: merchantPatch,
  result: z.object({ ok: z.literal(true) }),
});
