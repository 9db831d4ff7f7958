import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { selectCollections, selectPlatformCollections } from "./collection-repository";
import type { ArchivedCollection, Collection, PlatformCollection } from "./schema";

/** Collections of the caller's merchant in use and put away, and those that the platform shares with it, by name. */
export async function everyCollection(context: Context): Promise<{
  items: Collection[];
  archived: ArchivedCollection[];
  platform: PlatformCollection[];
}> {
  const merchantId = merchantOf(context);
  const [rows, platform] = await Promise.all([
    selectCollections(context.db, merchantId),
    selectPlatformCollections(context.db, merchantId),
  ]);
  return {
    items: rows.flatMap(({ archivedAt, ...row }) => (archivedAt ? [] : [row])),
    archived: rows.flatMap(({ archivedAt, ...row }) =>
      archivedAt ? [{ ...row, archivedAt: new Date(archivedAt).toISOString() }] : [],
    ),
    platform,
  };
}
