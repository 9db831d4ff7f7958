import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { type Executor, rowsOf } from "@/db/client";

/** Name of a text in the table: the text itself is not stored with its vector. */
export function textKey(text: string): string {
  return createHash("sha256").update(text.trim()).digest("hex").slice(0, 32);
}

/** Four bytes of scale, then one byte a number: a quarter of the room, and the cosine is the same to the third place. */
export function pack(vector: Float32Array): Buffer {
  const most = vector.reduce((high, value) => Math.max(high, Math.abs(value)), 1e-9);
  const bytes = Buffer.alloc(4 + vector.length);
  bytes.writeFloatLE(most / 127, 0);
  for (const [index, value] of vector.entries()) {
    bytes.writeInt8(Math.round((value / most) * 127), 4 + index);
  }
  return bytes;
}

export function unpack(bytes: Buffer): Float32Array {
  const scale = bytes.readFloatLE(0);
  const numbers = new Int8Array(bytes.buffer, bytes.byteOffset + 4, bytes.length - 4);
  return Float32Array.from(numbers, (value) => value * scale);
}

/** Vectors of texts that are there, by `textKey`. */
export async function readVectors(
  executor: Executor,
  merchantId: string,
  model: string,
  keys: readonly string[],
): Promise<Map<string, Float32Array>> {
  const rows =
    keys.length === 0
      ? []
      : await rowsOf<{ key: string; vector: Buffer }>(
          executor,
          sql`select text_hash as key, vector from kb_vectors
              where merchant_id = ${merchantId} and model = ${model} and text_hash = any(${sql.param(keys)})`,
        );
  return new Map(rows.map(({ key, vector }) => [key, unpack(vector)]));
}

/** Which of some texts have a vector. */
export async function knownKeys(
  executor: Executor,
  merchantId: string,
  model: string,
  keys: readonly string[],
): Promise<Set<string>> {
  const rows = await rowsOf<{ key: string }>(
    executor,
    sql`select text_hash as key from kb_vectors
        where merchant_id = ${merchantId} and model = ${model} and text_hash = any(${sql.param(keys)})`,
  );
  return new Set(rows.map(({ key }) => key));
}

/** Keeps vectors; one that another process has kept meanwhile stays. */
export async function keepVectors(
  executor: Executor,
  merchantId: string,
  model: string,
  vectors: readonly { readonly key: string; readonly vector: Float32Array }[],
): Promise<void> {
  await rowsOf(
    executor,
    sql`insert into kb_vectors (merchant_id, model, text_hash, vector)
        select ${merchantId}, ${model}, made.key, decode(made.vector, 'base64')
        from unnest(${sql.param(vectors.map(({ key }) => key))}::text[],
                    ${sql.param(vectors.map(({ vector }) => pack(vector).toString("base64")))}::text[]) as made(key, vector)
        on conflict do nothing`,
  );
}

/** Removes a model's vectors older than a day of texts that no entry has any more. */
export async function forgetVectors(
  executor: Executor,
  merchantId: string,
  model: string,
  keys: readonly string[],
): Promise<void> {
  await rowsOf(
    executor,
    sql`delete from kb_vectors where merchant_id = ${merchantId} and model = ${model}
        and created_at < now() - interval '1 day' and not (text_hash = any(${sql.param(keys)}))`,
  );
}

/** Removes vectors older than a week of services that the merchant no longer uses. The installation's own model costs nothing and stays. */
export async function forgetOtherServices(executor: Executor, merchantId: string, model: string): Promise<void> {
  await rowsOf(
    executor,
    sql`delete from kb_vectors where merchant_id = ${merchantId} and model like 'service-%' and model <> ${model}
        and created_at < now() - interval '7 days'`,
  );
}
