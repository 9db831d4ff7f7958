import { sql } from "drizzle-orm";
import { type Executor, rowsOf } from "@/db/client";
import type { EntryContent } from "./schema";

export interface Unknown {
  readonly owner: boolean;
  readonly channels: boolean;
  readonly files: boolean;
}

/** Which of the rows that an entry points at are not its merchant's. */
export async function unknownReferences(
  executor: Executor,
  merchantId: string,
  { ownerId, channelIds, fileIds }: Pick<EntryContent, "ownerId" | "channelIds" | "fileIds">,
): Promise<Unknown> {
  const [row] = await rowsOf<Unknown>(
    executor,
    sql`select
      ${ownerId}::text is not null and not exists (
        select 1 from memberships where id = ${ownerId} and merchant_id = ${merchantId}) as owner,
      exists (select 1 from unnest(${sql.param(channelIds)}::text[]) as wanted(id) where not exists (
        select 1 from channels where channels.id = wanted.id and merchant_id = ${merchantId})) as channels,
      exists (select 1 from unnest(${sql.param(fileIds)}::text[]) as wanted(id) where not exists (
        select 1 from files where files.id = wanted.id and merchant_id = ${merchantId})) as files`,
  );
  return row ?? { owner: false, channels: false, files: false };
}

/** Those of some ids that are agents of the merchant. */
export async function knownOwners(
  executor: Executor,
  merchantId: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await rowsOf<{ id: string }>(
    executor,
    sql`select id from memberships where merchant_id = ${merchantId} and id = any(${sql.param(ids)})`,
  );
  return new Set(rows.map(({ id }) => id));
}

/** Those of some ids that are files of the merchant. */
export async function knownFiles(
  executor: Executor,
  merchantId: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await rowsOf<{ id: string }>(
    executor,
    sql`select id from files where merchant_id = ${merchantId} and id = any(${sql.param(ids)})`,
  );
  return new Set(rows.map(({ id }) => id));
}

/** Ids of the merchant's channels by what people call them: the id itself, and the name, which several may have. */
export async function channelsByName(
  executor: Executor,
  merchantId: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await rowsOf<{ id: string; name: string }>(
    executor,
    sql`select id, name from channels where merchant_id = ${merchantId} order by id`,
  );
  const found = new Map<string, string[]>();
  for (const { id, name } of rows) {
    found.set(name, [...(found.get(name) ?? []), id]).set(id, [id]);
  }
  return found;
}

/** Names of the collections that the merchant, which is then the platform, shares with all. */
export async function sharedNames(executor: Executor, merchantId: string): Promise<ReadonlySet<string>> {
  const rows = await rowsOf<{ name: string }>(
    executor,
    sql`select name from kb_collections where merchant_id = ${merchantId} and shared and archived_at is null`,
  );
  return new Set(rows.map(({ name }) => name));
}
