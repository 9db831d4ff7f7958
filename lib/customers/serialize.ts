import { fileAddress } from "@/lib/platform/storage/file-address";
import type { CustomerRow, HistoryRow, IdentityRow, PageRow } from "./repository";
import { type Customer, customerContext } from "./schema";

const contextShape = new Set(Object.keys(customerContext.shape));

const isoOrNull = (date: Date | null): string | null => date?.toISOString() ?? null;

/** What the page told of itself, and the place; the address the visitor came from stays on the server. */
function contextOf(history: readonly HistoryRow[]): Customer["context"] {
  const page = history[0]?.context;
  if (!page) {
    return null;
  }
  const { ip: _, ...shown } = page;
  const told = Object.entries(shown).filter(([name, value]) => Boolean(value) && contextShape.has(name));
  return Object.fromEntries(told) as Customer["context"];
}

/** Rows → the profile as clients see it. */
export function toCustomer(
  row: CustomerRow,
  more: {
    readonly identities: readonly IdentityRow[];
    readonly history: readonly HistoryRow[];
    readonly pages: readonly PageRow[];
    readonly satisfactionScore: number | null;
    readonly ticketsCount: number;
    readonly now: Date;
  },
): Customer {
  return {
    id: row.id,
    name: row.name,
    avatarUrl: row.avatarFileId && fileAddress(row.avatarFileId, more.now),
    email: row.email,
    phone: row.phone,
    locale: row.locale,
    city: row.city,
    tags: row.tags,
    note: row.note,
    attributes: row.attributes,
    totalOrders: row.totalOrders,
    totalSpentMinor: row.totalSpentMinor,
    lastPurchaseAt: isoOrNull(row.lastPurchaseAt),
    ticketsCount: more.ticketsCount,
    satisfactionScore: more.satisfactionScore,
    blockedAt: isoOrNull(row.blockedAt),
    lastSeenAt: isoOrNull(row.lastSeenAt),
    createdAt: row.createdAt.toISOString(),
    identities: [...more.identities],
    context: contextOf(more.history),
    pages: more.pages.map(({ at, ...page }) => ({ ...page, at: at.toISOString() })),
    conversations: more.history.map(({ context: _, createdAt, ...conversation }) => ({
      ...conversation,
      createdAt: createdAt.toISOString(),
    })),
  };
}
