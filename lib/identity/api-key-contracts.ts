import { z } from "zod";
import { defineContract } from "@/lib/platform/http/contract";
import { isPermission } from "./permissions";

/** Everything that a key may be for: permissions of the product, or all of them. */
const scope = z.string().refine((value) => value === "*" || isPermission(value));

export const apiKey = z.object({
  id: z.string(),
  name: z.string(),
  /** The first letters of the secret, to tell keys apart. */
  prefix: z.string(),
  scopes: z.array(z.string()),
  createdBy: z.string().nullable(),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
});
export type ApiKey = z.infer<typeof apiKey>;

const base = { tag: "Identity", audience: ["agent"], permission: "api_keys.manage" } as const;

export const listApiKeys = defineContract({
  ...base,
  name: "listApiKeys",
  summary: "The merchant's API keys, newest first, the revoked ones too; never their secrets",
  method: "GET",
  path: "/api/v1/api-keys",
  result: z.object({ items: z.array(apiKey) }),
});

export const createApiKey = defineContract({
  ...base,
  name: "createApiKey",
  summary: "Make an API key; its secret is shown this once",
  method: "POST",
  path: "/api/v1/api-keys",
  body: z.object({ name: z.string().trim().min(1).max(60), scopes: z.array(scope).min(1).max(60) }),
  result: z.object({ secret: z.string() }),
  status: 201,
});

export const revokeApiKey = defineContract({
  ...base,
  name: "revokeApiKey",
  summary: "Revoke an API key; requests with it are refused within five seconds",
  method: "DELETE",
  path: "/api/v1/api-keys/{id}",
  params: z.object({ id: z.string().max(40) }),
  result: z.object({ ok: z.literal(true) }),
});
