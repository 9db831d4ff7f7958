import { readdirSync } from "node:fs";
import path from "node:path";

/** Roles from the one that may least. */
export const ROLES = ["agent", "supervisor", "admin"] as const;
export type Role = (typeof ROLES)[number];

/**
 * The least role that may see each page that needs a session, written down: a new page needs a row, and a changed
 * permission shows here as a changed row. `[…]` in an address stands for an id.
 */
export const PAGE_DOORS: Readonly<Record<string, Role>> = {
  "/desk": "agent",
  "/desk/tickets": "agent",
  "/desk/tickets/[id]": "agent",
  "/account": "agent",
  "/account/macros": "agent",
  "/account/quick-replies": "agent",
  "/admin": "supervisor",
  "/admin/agents": "supervisor",
  "/admin/agents/permissions": "supervisor",
  "/admin/agents/teams": "supervisor",
  "/admin/api-keys": "admin",
  "/admin/audit": "admin",
  "/admin/blocklist": "supervisor",
  "/admin/bot": "supervisor",
  "/admin/bot/cases": "supervisor",
  "/admin/bot/channels": "supervisor",
  "/admin/bot/embeddings": "supervisor",
  "/admin/bot/intents": "supervisor",
  "/admin/bot/playground": "supervisor",
  "/admin/bot/quality": "supervisor",
  "/admin/channels": "supervisor",
  "/admin/channels/[id]": "supervisor",
  "/admin/customers": "supervisor",
  "/admin/jobs": "admin",
  "/admin/knowledge": "agent",
  "/admin/knowledge/[id]": "agent",
  "/admin/knowledge/collections": "supervisor",
  "/admin/knowledge/gaps": "supervisor",
  "/admin/knowledge/import": "supervisor",
  "/admin/knowledge/import/[id]": "supervisor",
  "/admin/knowledge/new": "agent",
  "/admin/knowledge/suggestions": "supervisor",
  "/admin/knowledge/test": "supervisor",
  "/admin/macros": "supervisor",
  "/admin/merchants": "admin",
  "/admin/quick-replies": "supervisor",
  "/admin/ratings": "supervisor",
  "/admin/reports": "supervisor",
  "/admin/reports/conversations": "supervisor",
  "/admin/rules": "admin",
  "/admin/settings": "admin",
  "/admin/settings/[group]": "admin",
};

/** Groups of app/ whose pages need a session. */
const GROUPS = ["(desk)", "(account)", "(admin)"];

/** Addresses of all pages that need a session, from the files themselves. */
export function guardedPages(): string[] {
  return GROUPS.flatMap((group) =>
    readdirSync(path.join("app", group), { recursive: true, encoding: "utf8" })
      .filter((file) => path.basename(file) === "page.tsx")
      .map((file) => `/${path.posix.dirname(file)}`),
  ).sort();
}

/** What a request for a page is to be answered with: 404 where the id is nobody's, or the merchant is not the platform. */
export function answersFor(address: string, role: Role): readonly number[] {
  const may = ROLES.indexOf(role) >= ROLES.indexOf(PAGE_DOORS[address] ?? "admin");
  return may ? [200, 404] : [403];
}
