import { z } from "zod";
import { pageOf, pageQuery } from "@/lib/core/pagination";
import { defineContract } from "@/lib/platform/http/contract";
import { customer, customerListRow, customerPatch } from "./schema";

const byId = z.object({ id: z.string().max(40) });

export const listCustomers = defineContract({
  name: "listCustomers",
  summary: "Customers, the latest first",
  tag: "Customers",
  method: "GET",
  path: "/api/v1/customers",
  audience: ["agent", "key"],
  permission: "customers.read",
  query: pageQuery.extend({
    /** Part of the name, the mail address or the telephone number, or the id. */
    search: z.string().trim().max(100).optional(),
    tag: z.string().max(40).optional(),
    /** Only who may not write. */
    blocked: z.enum(["true"]).optional(),
  }),
  result: pageOf(customerListRow),
});

export const getCustomer = defineContract({
  name: "getCustomer",
  summary: "A customer's profile with identities and earlier conversations",
  tag: "Customers",
  method: "GET",
  path: "/api/v1/customers/{id}",
  audience: ["agent", "key"],
  permission: "customers.read",
  params: byId,
  result: customer,
});

export const updateCustomer = defineContract({
  name: "updateCustomer",
  summary: "Change name, contacts, tags or note",
  tag: "Customers",
  method: "PATCH",
  path: "/api/v1/customers/{id}",
  audience: ["agent", "key"],
  permission: "customers.write",
  params: byId,
  body: customerPatch,
  result: customer,
});
