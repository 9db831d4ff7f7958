import type { Database } from "@/db/client";
import type { EmbeddingModel } from "@/lib/platform/ai/embedding-model";
import { localEmbeddings } from "@/lib/platform/ai/local-embeddings";
import { prepareEmbeddings } from "@/lib/platform/ai/openai-embeddings";
import { modelOfEmbedder } from "../embeddings/embedder-model";
import { embedderById } from "../embeddings/repository";

/** The model that comes with the installation, if there is one: the search does without as well. */
export function vectorModel(): EmbeddingModel | undefined {
  return localEmbeddings();
}

/** The id of the service in a mark of the index's source; null: none. */
export function serviceOf(mark: string | null): string | null {
  return mark?.slice(0, mark.lastIndexOf(":")) ?? null;
}

/** The model behind a mark (index-source.ts): the service whose vectors a merchant's searches use, or the local one. */
export async function modelOfMark(
  db: Database,
  merchantId: string,
  mark: string | null,
): Promise<EmbeddingModel | undefined> {
  const service = serviceOf(mark);
  if (service === null) {
    return vectorModel();
  }
  const row = await embedderById(db, service);
  prepareEmbeddings().catch(() => undefined);
  return row && modelOfEmbedder(db, row, merchantId);
}
