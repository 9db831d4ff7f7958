import { sql } from "drizzle-orm";
import { type Executor, rowsOf } from "@/db/client";

export type StoredValues = Readonly<Record<string, unknown>>;

export interface StoredSettings {
  readonly values: StoredValues;
  /** 0 when nothing is stored. */
  readonly version: number;
}

/** What is stored for a merchant, and what the platform gives all merchants, in one read. */
export async function findSettings(
  executor: Executor,
  merchantId: string,
  group: string,
): Promise<{ readonly own: StoredSettings; readonly platform: StoredValues }> {
  const rows = await rowsOf<{ own: boolean; value: StoredValues; version: number }>(
    executor,
    sql`select s.merchant_id = ${merchantId} as own, s.value, s.version from settings s
        join merchants m on m.id = s.merchant_id
        where s.key = ${group} and (s.merchant_id = ${merchantId} or m.kind = 'platform')`,
  );
  const own = rows.find((row) => row.own);
  const platform = rows.find((row) => !row.own);
  return { own: { values: own?.value ?? {}, version: own?.version ?? 0 }, platform: platform?.value ?? {} };
}

/** Stores all values of a group if it is still at `version`. @returns false when somebody else was faster */
export async function replaceSettings(
  executor: Executor,
  key: { readonly merchantId: string; readonly group: string; readonly version: number },
  values: StoredValues,
  at: Date,
): Promise<boolean> {
  const value = JSON.stringify(values);
  const rows = await rowsOf<{ version: number }>(
    executor,
    key.version === 0
      ? sql`insert into settings (merchant_id, key, value, version, updated_at)
            values (${key.merchantId}, ${key.group}, ${value}::jsonb, 1, ${at.toISOString()}::timestamptz)
            on conflict do nothing returning version`
      : sql`update settings set value = ${value}::jsonb, version = version + 1, updated_at = ${at.toISOString()}::timestamptz
            where merchant_id = ${key.merchantId} and key = ${key.group} and version = ${key.version} returning version`,
  );
  return rows.length === 1;
}
