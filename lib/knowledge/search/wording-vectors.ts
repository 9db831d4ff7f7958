import type { Database } from "@/db/client";
import type { EmbeddingModel } from "@/lib/platform/ai/embedding-model";
import { indexesOf, orderVectors, wantedEmbedder } from "../embeddings/repository";
import type { IndexedEntry } from "./entry-index";
import { readVectors, textKey } from "./vector-store";

/** The kept sentence vectors of a merchant's wordings, for an index that is being made. */
export class WordingVectors {
  private missing = 0;

  /** @param model whose vectors the index has; undefined: none's */
  constructor(
    private readonly db: Database,
    private readonly merchantId: string,
    private readonly model: EmbeddingModel | undefined,
  ) {}

  /** Reads those of some entries. */
  async of(entries: readonly IndexedEntry[]): Promise<(wording: string) => Float32Array | undefined> {
    const { model } = this;
    if (!model) {
      return () => undefined;
    }
    const keys = new Map<string, string>();
    for (const { question, variants } of entries) {
      for (const wording of [question, ...variants]) {
        if (model.speaks(wording)) {
          keys.set(wording, textKey(wording));
        }
      }
    }
    const vectors = await readVectors(this.db, this.merchantId, model.id, [...new Set(keys.values())]);
    this.missing += [...keys.values()].filter((key) => !vectors.has(key)).length;
    return (wording) => vectors.get(keys.get(wording) ?? "");
  }

  /**
   * Has what was missing made in the background, and all of it where a service counts that was never asked; the searches
   * are told when it is there.
   */
  async order(): Promise<void> {
    if (this.missing > 0 || (await this.isUnasked())) {
      await this.db.transaction((tx) => orderVectors(tx, [this.merchantId]));
    }
  }

  private async isUnasked(): Promise<boolean> {
    const wanted = await wantedEmbedder(this.db, this.merchantId);
    return (
      wanted !== undefined &&
      (await indexesOf(this.db, this.merchantId)).every(({ embedderId }) => embedderId !== wanted.id)
    );
  }
}
