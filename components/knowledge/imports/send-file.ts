import { sendFile } from "@/components/desk/composer/upload-file";
import { type KnowledgeImport, knowledgeImport } from "@/lib/knowledge/imports/schema";

export interface SendOptions {
  readonly collection: string;
  readonly status: "draft" | "published";
}

/**
 * Sends a file to be read. Parameters of how far it is and when to stop as of `sendFile`.
 *
 * @throws RequestFailed with the server's words
 */
export async function sendImport(
  file: File,
  { collection, status }: SendOptions,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<KnowledgeImport> {
  const query = new URLSearchParams({ status, ...(collection ? { collection } : {}) });
  const address = `/api/v1/knowledge/imports/file?${query.toString()}`;
  return knowledgeImport.parse(await sendFile(address, file, onProgress, signal));
}
