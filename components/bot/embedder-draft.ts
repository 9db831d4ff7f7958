import { type Embedder, type EmbedderInput, embedderInput } from "@/lib/knowledge/embeddings/schema";

export type EmbedderDraft = EmbedderInput & { readonly apiKey: string };

/** Vendors with a model that knows Chinese and English, and how many texts they take in a call. */
export const EMBEDDING_PRESETS = {
  openai: { baseUrl: "https://api.openai.com/v1", model: "text-embedding-3-small", batchSize: 100 },
  qwen: { baseUrl: "https://dashscope.aliyuncs.com/compatible-mode/v1", model: "text-embedding-v4", batchSize: 10 },
  zhipu: { baseUrl: "https://open.bigmodel.cn/api/paas/v4", model: "embedding-3", batchSize: 64 },
  siliconflow: { baseUrl: "https://api.siliconflow.cn/v1", model: "BAAI/bge-m3", batchSize: 32 },
} as const;
export const EMBEDDING_VENDORS = ["openai", "qwen", "zhipu", "siliconflow", "other"] as const;
export type EmbeddingVendor = (typeof EMBEDDING_VENDORS)[number];

/** The vendor whose address this is. */
export function vendorOf(baseUrl: string): EmbeddingVendor {
  const address = baseUrl.replace(/\/+$/u, "");
  const known = EMBEDDING_VENDORS.filter((vendor) => vendor !== "other");
  return known.find((vendor) => EMBEDDING_PRESETS[vendor].baseUrl === address) ?? "other";
}

/** What the form starts with. The key is never known here. */
export function draftOfEmbedder(saved: Embedder | null): EmbedderDraft {
  return { ...embedderInput.parse(saved ?? EMBEDDING_PRESETS.qwen), apiKey: "" };
}

/** The draft as it is sent: a key that was not typed stays. */
export function bodyOfDraft(draft: EmbedderDraft): Omit<EmbedderDraft, "apiKey"> & { apiKey?: string } {
  const { apiKey, ...rest } = draft;
  return apiKey === "" ? rest : draft;
}
