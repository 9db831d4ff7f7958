import type { EmbeddingModel } from "@/lib/platform/ai/embedding-model";
import { localEmbeddings } from "@/lib/platform/ai/local-embeddings";

/** The model for sentence vectors, if there is one: the search does without as well. */
export function vectorModel(): EmbeddingModel | undefined {
  return localEmbeddings();
}
