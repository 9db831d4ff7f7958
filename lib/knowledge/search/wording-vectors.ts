import type { Database } from "@/db/client";
import { enqueue } from "@/lib/platform/jobs/emit";
import type { IndexedEntry } from "./entry-index";
import { vectorModel } from "./vector-model";
import { readVectors, textKey } from "./vector-store";

/** The kept sentence vectors of a merchant's wordings, for an index that is being made. */
export class WordingVectors {
  private readonly model = vectorModel();
  private missing = 0;

  constructor(
    private readonly db: Database,
    private readonly merchantId: string,
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

  /** Has what was missing made in the background; the searches are told when it is there. */
  async order(): Promise<void> {
    if (this.missing > 0) {
      await this.db.transaction((tx) =>
        enqueue(tx, {
          name: "knowledge.vectors",
          payload: { merchantId: this.merchantId },
          key: `vectors:${this.merchantId}`,
        }),
      );
    }
  }
}
