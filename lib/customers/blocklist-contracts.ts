import { z } from "zod";
import { pageOf, pageQuery } from "@/lib/core/pagination";
import { defineContract } from "@/lib/platform/http/contract";

const done = z.object({ ok: z.literal(true) });
const byId = z.object({ id: z.string().max(40) });

/** Why, and for how long; without days for ever. */
export const blockTerms = z.object({
  reason: z.string().trim().max(200).default(""),
  days: z.int().min(1).max(3_650).optional(),
});

export const blockEntry = z.object({
  id: z.string(),
  customerId: z.string().nullable(),
  customerName: z.string().nullable(),
  /** CIDR; null when it is a customer. */
  network: z.string().nullable(),
  reason: z.string(),
  until: z.iso.datetime().nullable(),
  createdBy: z.string().nullable(),
  createdAt: z.iso.datetime(),
});
export type BlockEntry = z.infer<typeof blockEntry>;

export const listBlocked = defineContract({
  name: "listBlocked",
  summary: "Customers and networks that may not write",
  tag: "Customers",
  method: "GET",
  path: "/api/v1/blocklist",
  audience: ["agent", "key"],
  permission: "blocklist.manage",
  query: pageQuery.extend({
    /** Part of a customer's name or of the reason, a customer's id, or an address that a blocked range holds. */
    search: z.string().trim().max(100).optional(),
  }),
  result: pageOf(blockEntry),
});

export const blockNetwork = defineContract({
  name: "blockNetwork",
  summary: "Block an address or a CIDR range",
  tag: "Customers",
  method: "POST",
  path: "/api/v1/blocklist",
  audience: ["agent", "key"],
  permission: "blocklist.manage",
  body: blockTerms.extend({ network: z.string().trim().min(2).max(60) }),
  result: done,
  status: 201,
});

export const unblock = defineContract({
  name: "unblock",
  summary: "Take a block back",
  tag: "Customers",
  method: "DELETE",
  path: "/api/v1/blocklist/{id}",
  audience: ["agent", "key"],
  permission: "blocklist.manage",
  params: byId,
  result: done,
});

export const blockCustomer = defineContract({
  name: "blockCustomer",
  summary: "Block a customer: what they write is refused, in new and open conversations",
  tag: "Customers",
  method: "PUT",
  path: "/api/v1/customers/{id}/block",
  audience: ["agent", "key"],
  permission: "customers.write",
  params: byId,
  body: blockTerms,
  result: done,
});
