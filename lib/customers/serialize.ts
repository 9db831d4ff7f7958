import { fileAddress } from "@/lib/platform/storage/file-address";
import type { CustomerRow, HistoryRow, IdentityRow } from "./repository";
import type { Customer } from "./schema";

const isoOrNull = (date: Date | null): string | null => date?.toISOString() ?? null;

/** What the page told of itself; the address the visitor came from stays on the server. */
function contextOf(history: readonly HistoryRow[]): Customer["context"] {
  const page = history[0]?.context;
  if (!page) {
    return null;
  }
  const { url, title, referrer, userAgent } = page;
  return {
    ...(url && { url }),
    ...(title && { title }),
    ...(referrer && { referrer }),
    ...(userAgent && { userAgent }),
  };
}

/** Rows → the profile as clients see it. */
export function toCustomer(
  row: CustomerRow,
  more: {
    readonly identities: readonly IdentityRow[];
    readonly history: readonly HistoryRow[];
    readonly satisfactionScore: number | null;
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
    satisfactionScore: more.satisfactionScore,
    blockedAt: isoOrNull(row.blockedAt),
    lastSeenAt: isoOrNull(row.lastSeenAt),
    createdAt: row.createdAt.toISOString(),
    identities: [...more.identities],
    context: contextOf(more.history),
    conversations: more.history.map(({ context: _, createdAt, ...conversation }) => ({
      ...conversation,
      createdAt: createdAt.toISOString(),
    })),
  };
}
