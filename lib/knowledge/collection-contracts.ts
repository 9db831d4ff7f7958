import { z } from "zod";
import { defineContract } from "@/lib/platform/http/contract";
import { collectionName } from "./schema";

const byId = z.object({ id: z.string().max(40) });
const ok = z.object({ ok: z.literal(true) });
const shared = { tag: "Knowledge", audience: ["agent", "key"], permission: "knowledge.write" } as const;

export const createCollection = defineContract({
  ...shared,
  name: "createCollection",
  summary: "Add an empty collection",
  method: "POST",
  path: "/api/v1/knowledge/collections",
  body: z.object({ name: collectionName.min(1) }),
  result: z.object({ id: z.string() }),
  status: 201,
});

export const updateCollection = defineContract({
  ...shared,
  name: "updateCollection",
  summary: "Rename a collection, or share one of the platform with every merchant",
  method: "PATCH",
  path: "/api/v1/knowledge/collections/{id}",
  params: byId,
  body: z.object({ name: collectionName.min(1).optional(), shared: z.boolean().optional() }),
  result: ok,
});

export const removeCollection = defineContract({
  ...shared,
  name: "removeCollection",
  summary: "Put a collection away with its entries, or delete it",
  method: "DELETE",
  path: "/api/v1/knowledge/collections/{id}",
  params: byId,
  query: z.object({
    /** `archive`: put away with it; `keep`: they stay, in no collection; `delete`: gone for good. */
    entries: z.enum(["archive", "keep", "delete"]).default("archive"),
  }),
  result: ok,
});

export const restoreCollection = defineContract({
  ...shared,
  name: "restoreCollection",
  summary: "Bring a collection back that was put away",
  method: "POST",
  path: "/api/v1/knowledge/collections/{id}/restore",
  params: byId,
  result: ok,
});

export const switchSharedCollection = defineContract({
  ...shared,
  name: "switchSharedCollection",
  summary: "Search a collection of the platform, or not",
  method: "PUT",
  path: "/api/v1/knowledge/shared-collections/{id}",
  params: byId,
  body: z.object({ enabled: z.boolean() }),
  result: ok,
});
