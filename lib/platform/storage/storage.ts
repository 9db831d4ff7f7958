import { createReadStream } from "node:fs";
import { copyFile, mkdir, rename, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { Readable } from "node:stream";
import { env } from "@/lib/platform/env/env";
import { s3Storage } from "./s3-storage";
import type { Storage } from "./storage-port";

const KEY = /^\d{4}\/\d{2}\/\d{2}\/[\w-]{22,64}$/;

/** Folder for files that are being received. On the same disk as the store, so that storing is a rename. */
export function incomingFolder(): string {
  return resolve(env().YINGDA_DATA_DIR, "files", "incoming");
}

function localStorage(): Storage {
  const root = resolve(env().YINGDA_DATA_DIR, "files");
  const pathOf = (key: string): string => {
    if (!KEY.test(key)) {
      throw new Error("not a storage key");
    }
    return join(root, key);
  };
  return {
    async put(key, path) {
      const target = pathOf(key);
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      await rename(path, target).catch(() => copyFile(path, target));
    },
    async read(key) {
      const stream = createReadStream(pathOf(key));
      try {
        await new Promise((opened, failed) => stream.once("open", opened).once("error", failed));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") {
          return undefined;
        }
        throw error;
      }
      return Readable.toWeb(stream) as ReadableStream<Uint8Array>;
    },
    remove: (key) => rm(pathOf(key), { force: true }),
  };
}

let chosen: Storage | undefined;

/** S3-compatible storage when a bucket is configured, else the data folder. */
export function storage(): Storage {
  const { S3_BUCKET, S3_ENDPOINT, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = env();
  chosen ??= S3_BUCKET
    ? s3Storage({
        bucket: S3_BUCKET,
        endpoint: S3_ENDPOINT,
        region: S3_REGION,
        accessKeyId: S3_ACCESS_KEY_ID,
        secretAccessKey: S3_SECRET_ACCESS_KEY,
      })
    : localStorage();
  return chosen;
}
