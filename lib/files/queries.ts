import { and, eq, inArray, sql } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { files } from "@/db/schema/operations";
import { env } from "@/lib/platform/env/env";
import { fileAddress } from "@/lib/platform/storage/file-address";
import { readSettings } from "@/lib/settings/service";
import type { UploadedFile } from "./schema";
import { uploadSettings } from "./settings-schema";

/** Who uploaded a file: only they may attach it. */
export interface Uploader {
  readonly merchantId: string;
  readonly kind: "agent" | "visitor" | "key";
  readonly id: string;
}

export interface AttachableFile {
  readonly id: string;
  readonly name: string;
  readonly mime: string;
  readonly size: number;
  readonly width: number | null;
  readonly height: number | null;
}

/**
 * The files among `ids` that this uploader put there; others are left out as if they did not exist. Asking counts as use
 * for a while: between this answer and the message that shows a file nobody removes it (removeUnusedFiles).
 */
export function filesForMessage(
  executor: Executor,
  uploader: Uploader,
  ids: readonly string[],
): Promise<AttachableFile[]> {
  return executor
    .update(files)
    .set({ unusedSince: sql`case when ${files.unusedSince} is not null then now() end` })
    .where(
      and(
        inArray(files.id, [...ids]),
        eq(files.merchantId, uploader.merchantId),
        eq(files.uploaderKind, uploader.kind),
        eq(files.uploaderId, uploader.id),
      ),
    )
    .returning({
      id: files.id,
      name: files.name,
      mime: files.mime,
      size: files.size,
      width: files.width,
      height: files.height,
    });
}

/** Files of a merchant in the order of `ids`; what is not the merchant's is left out. */
export async function attachableFiles(
  executor: Executor,
  merchantId: string,
  ids: readonly string[],
): Promise<AttachableFile[]> {
  if (ids.length === 0) {
    return [];
  }
  const rows = await executor
    .select()
    .from(files)
    .where(and(inArray(files.id, [...ids]), eq(files.merchantId, merchantId)));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (!row) {
      return [];
    }
    const { name, mime, size, width, height } = row;
    return [{ id, name, mime, size, width, height }];
  });
}

/** The same, each with an address of its own. */
export async function filesOf(
  executor: Executor,
  merchantId: string,
  ids: readonly string[],
  now: Date,
): Promise<UploadedFile[]> {
  const rows = await attachableFiles(executor, merchantId, ids);
  return rows.map((file) => ({ ...file, url: fileAddress(file.id, now) }));
}

/** What serving a file needs; undefined when there is none. */
export async function findFile(executor: Executor, id: string): Promise<typeof files.$inferSelect | undefined> {
  const [row] = await executor.select().from(files).where(eq(files.id, id));
  return row;
}

const MEBIBYTE = 1_048_576;

/** Most bytes of one upload at a merchant: its own setting, never more than the operator's UPLOAD_MAX_MB. */
export async function uploadMaxBytes(executor: Executor, merchantId: string): Promise<number> {
  const { maxMegabytes } = await readSettings(executor, merchantId, uploadSettings);
  return Math.min(maxMegabytes, env().UPLOAD_MAX_MB) * MEBIBYTE;
}
