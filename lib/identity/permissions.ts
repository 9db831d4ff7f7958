import { z } from "zod";

export const ROLES = ["admin", "supervisor", "agent"] as const;
export const role = z.enum(ROLES);
export type Role = z.infer<typeof role>;

/**
 * Who may do what: the one table that contracts, pages and the interface read. A role has what is listed for it and
 * nothing else. Client-safe.
 */
export const PERMISSIONS = {
  "conversations.read": ["admin", "supervisor", "agent"],
  "conversations.reply": ["admin", "supervisor", "agent"],
  /** Take a conversation that is another agent's. */
  "conversations.take_over": ["admin", "supervisor"],
  "customers.read": ["admin", "supervisor", "agent"],
  "customers.write": ["admin", "supervisor", "agent"],
  "tickets.read": ["admin", "supervisor", "agent"],
  "tickets.write": ["admin", "supervisor", "agent"],
  "quick_replies.read": ["admin", "supervisor", "agent"],
  "quick_replies.write": ["admin", "supervisor", "agent"],
  /** Shared ones, seen by the whole merchant. */
  "quick_replies.manage": ["admin", "supervisor"],
  "knowledge.read": ["admin", "supervisor", "agent"],
  /** Write drafts of entries and hand them in for review. */
  "knowledge.draft": ["admin", "supervisor", "agent"],
  /** Publish entries, and manage all of the knowledge base. */
  "knowledge.write": ["admin", "supervisor"],
  /** How the bot answers: its services, its numbers, trying it out. */
  "bot.read": ["admin", "supervisor"],
  "bot.write": ["admin"],
  "agents.read": ["admin", "supervisor", "agent"],
  "agents.write": ["admin"],
  "channels.read": ["admin", "supervisor"],
  "channels.write": ["admin"],
  "analytics.read": ["admin", "supervisor"],
  "blocklist.manage": ["admin", "supervisor"],
  "settings.read": ["admin"],
  "settings.write": ["admin"],
  "api_keys.manage": ["admin"],
  "audit.read": ["admin"],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;

/** True when the role has the permission. */
export function roleMay(role: Role, permission: Permission): boolean {
  return (PERMISSIONS[permission] as readonly Role[]).includes(role);
}

/** What a permission of an API key brings with it. */
const INCLUDED: Partial<Record<string, readonly Permission[]>> = { "knowledge.write": ["knowledge.draft"] };

/** True when the scopes of an API key allow it; `*` allows all. */
export function scopesMay(scopes: readonly string[], permission: Permission): boolean {
  return scopes.some(
    (scope) => scope === "*" || scope === permission || INCLUDED[scope]?.includes(permission) === true,
  );
}

export function isPermission(value: string): value is Permission {
  return value in PERMISSIONS;
}
