import { PERMISSIONS } from "@/lib/identity/permissions";

/** Permissions that make sense for a machine: a key cannot manage keys. */
export const KEY_SCOPES: readonly string[] = Object.keys(PERMISSIONS).filter((scope) => scope !== "api_keys.manage");
