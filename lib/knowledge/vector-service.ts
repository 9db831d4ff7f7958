import { sql } from "drizzle-orm";
import { rowsOf } from "@/db/client";
import { EmbeddingError } from "@/lib/platform/ai/embedding-error";
import type { EmbeddingModel } from "@/lib/platform/ai/embedding-model";
import type { Context } from "@/lib/platform/context";
import { modelOfEmbedder } from "./embeddings/embedder-model";
import { buildIndex } from "./embeddings/indexing";
import { keepFailure } from "./embeddings/progress-repository";
import { type EmbedderRow, embedderById, indexesOf, wantedEmbedder } from "./embeddings/repository";
import { vectorModel } from "./search/vector-model";
import { forgetVectors } from "./search/vector-store";
import { VectorWalk } from "./vector-walk";

/** Vectors after which the searches are told, before the run is over. */
const TELL = 2_000;

/** Makes every search index read these entries again, in all processes. */
async function tell(context: Context, merchantId: string, entryIds: readonly string[]): Promise<void> {
  await rowsOf(
    context.db,
    sql`insert into kb_changes (merchant_id, entry_id)
        select ${merchantId}, id from unnest(${sql.param(entryIds)}::text[]) as changed(id)`,
  );
}

/** Makes the vectors that are missing of the model that the searches use, and tells them. */
async function complete(context: Context, merchantId: string, model: EmbeddingModel): Promise<void> {
  let changed: string[] = [];
  const news = async () => {
    if (changed.length > 0) {
      await tell(context, merchantId, changed);
      changed = [];
    }
  };
  const walk = new VectorWalk(context, merchantId, model, {
    onProgress: async (walked) => {
      changed.push(...walked.changed);
      if (changed.length >= TELL) {
        await news();
      }
      return true;
    },
  });
  try {
    const every = await walk.run();
    if (every) {
      await forgetVectors(context.db, merchantId, model.id, every);
    }
  } finally {
    await news();
  }
}

/** The same with a service: what it says when it fails is kept for the person who set it up. */
async function completeWith(context: Context, merchantId: string, row: EmbedderRow): Promise<void> {
  const key = { merchantId, embedderId: row.id };
  try {
    await complete(context, merchantId, modelOfEmbedder(context.db, row, merchantId));
    await keepFailure(context.db, key, { reason: null, detail: "" }, context.now());
  } catch (error) {
    if (!(error instanceof EmbeddingError)) {
      throw error;
    }
    const detail = error.options.detail ?? "";
    await keepFailure(context.db, key, { reason: error.failure, detail }, context.now());
    // What only time can mend is tried again by the queue; the rest by the next change or a person.
    if (error.isPassing) {
      throw error;
    }
  }
}

/**
 * Makes the sentence vectors that are missing for a merchant's published wordings and tells the searches of them: those of
 * the service that counts for it, or of the installation's own model. What is there stays: a run that was killed goes on
 * where it was, and a second one finds nothing to do. With a service that the searches do not use yet, all entries are
 * done first, and then the searches change over at once.
 */
export async function makeVectors(context: Context, merchantId: string): Promise<void> {
  const wanted = await wantedEmbedder(context.db, merchantId);
  if (wanted && (await activeId(context, merchantId)) !== wanted.id) {
    await buildIndex(context, merchantId, wanted);
  }
  const active = await activeId(context, merchantId);
  const row = active === undefined ? undefined : await embedderById(context.db, active);
  if (row) {
    await completeWith(context, merchantId, row);
    return;
  }
  const model = vectorModel();
  if (model) {
    await complete(context, merchantId, model);
  }
}

async function activeId(context: Context, merchantId: string): Promise<string | undefined> {
  return (await indexesOf(context.db, merchantId)).find(({ state }) => state === "active")?.embedderId;
}
