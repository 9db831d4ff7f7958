import { createWriteStream, existsSync } from "node:fs";
import { cp, mkdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Client } from "pg";
import { env } from "@/lib/platform/env/env";
import { storage } from "@/lib/platform/storage/storage";

/** Files at once: a bucket is slow to answer and quick to give. */
const AT_ONCE = 8;

const localFolder = (): string => resolve(env().YINGDA_DATA_DIR, "files");

interface Stored {
  readonly key: string;
  readonly mime: string;
}

async function storedFiles(client: Client): Promise<Stored[]> {
  const { rows } = await client.query<{ key: string; mime: string }>(
    "select storage_key as key, mime from files order by storage_key",
  );
  return rows;
}

async function forEach(files: readonly Stored[], work: (file: Stored) => Promise<void>): Promise<void> {
  for (let from = 0; from < files.length; from += AT_ONCE) {
    await Promise.all(files.slice(from, from + AT_ONCE).map(work));
  }
}

/**
 * Copies the stored files into a backup, from the data folder or from the bucket. A row whose bytes are gone is left out:
 * it was not to be had before, either.
 *
 * @param client inside the transaction that the tables are read in
 * @returns false when there is nothing to copy
 */
export async function copyFilesOut(client: Client, folder: string): Promise<boolean> {
  if (!env().S3_BUCKET) {
    const found = existsSync(localFolder());
    if (found) {
      await cp(localFolder(), folder, { recursive: true });
    }
    return found;
  }
  const files = await storedFiles(client);
  await forEach(files, async ({ key }) => {
    const bytes = await storage().read(key);
    if (bytes) {
      await mkdir(dirname(join(folder, key)), { recursive: true, mode: 0o700 });
      await pipeline(Readable.fromWeb(bytes as never), createWriteStream(join(folder, key), { mode: 0o600 }));
    }
  });
  return files.length > 0;
}

/** Brings a backup's files back to where this installation keeps them, wherever they came from. */
export async function copyFilesIn(client: Client, folder: string): Promise<void> {
  if (!env().S3_BUCKET) {
    await cp(folder, localFolder(), { recursive: true });
    return;
  }
  await forEach(await storedFiles(client), async ({ key, mime }) => {
    if (existsSync(join(folder, key))) {
      await storage().put(key, join(folder, key), mime);
    }
  });
}
