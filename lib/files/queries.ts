import { and, eq, inArray } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { files } from "@/db/schema/operations";

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

/** The files among `ids` that this uploader put there; others are left out as if they did not exist. */
export function filesForMessage(
  executor: Executor,
  uploader: Uploader,
  ids: readonly string[],
): Promise<AttachableFile[]> {
  return executor
    .select({
      id: files.id,
      name: files.name,
      mime: files.mime,
      size: files.size,
      width: files.width,
      height: files.height,
    })
    .from(files)
    .where(
      and(
        inArray(files.id, [...ids]),
        eq(files.merchantId, uploader.merchantId),
        eq(files.uploaderKind, uploader.kind),
        eq(files.uploaderId, uploader.id),
      ),
    );
}

/** What serving a file needs; undefined when there is none. */
export async function findFile(executor: Executor, id: string): Promise<typeof files.$inferSelect | undefined> {
  const [row] = await executor.select().from(files).where(eq(files.id, id));
  return row;
}
