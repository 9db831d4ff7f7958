import { z } from "zod";
import { defineContract } from "@/lib/platform/http/contract";
import { customer, customerPatch } from "./schema";

const byId = z.object({ id: z.string().max(40) });

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
