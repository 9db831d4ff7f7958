import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { channelsByName, knownFiles, knownOwners } from "../reference-repository";
import type { ImportItem } from "./entries-service";
import type { ImportRecord } from "./table-rows";

interface Known {
  readonly channels: ReadonlyMap<string, readonly string[]>;
  readonly owners: ReadonlySet<string>;
  readonly files: ReadonlySet<string>;
}

/** Channels, owner and files of an item as this merchant has them; undefined when a channel is unknown. */
function settledItem(item: ImportItem, { channels, owners, files }: Known): ImportItem | undefined {
  const channelIds = item.channelIds?.map((each) => channels.get(each));
  if (channelIds?.includes(undefined)) {
    return undefined;
  }
  return {
    ...item,
    ...(channelIds ? { channelIds: channelIds.flatMap((ids) => ids ?? []) } : {}),
    ...(item.ownerId && !owners.has(item.ownerId) ? { ownerId: null } : {}),
    ...(item.fileIds ? { fileIds: item.fileIds.filter((id) => files.has(id)) } : {}),
  };
}

/**
 * Rows with what they point at, in this merchant: channels by id or by name. An owner or a file that is not known here
 * is none, for files come from other installations too. A row with an unknown channel is refused: without its limit it
 * would be told to more people than it says, with it to nobody.
 */
export async function withReferences(context: Context, records: readonly ImportRecord[]): Promise<ImportRecord[]> {
  const { db } = context;
  const merchantId = merchantOf(context);
  const items = records.flatMap(({ item }) => item ?? []);
  if (!items.some(({ channelIds, ownerId, fileIds }) => channelIds ?? ownerId ?? fileIds)) {
    return [...records];
  }
  const [channels, owners, files] = await Promise.all([
    channelsByName(db, merchantId),
    knownOwners(db, merchantId, [...new Set(items.flatMap(({ ownerId }) => ownerId ?? []))]),
    knownFiles(db, merchantId, [...new Set(items.flatMap(({ fileIds }) => fileIds ?? []))]),
  ]);
  return records.map((record) => {
    const item = record.item && settledItem(record.item, { channels, owners, files });
    if (!record.item || item) {
      return { ...record, item };
    }
    const { channelsColumn: field = "channels" } = record;
    const error = { reason: "channel_not_found", field, question: record.item.question };
    return { row: record.row, place: record.place, error };
  });
}
