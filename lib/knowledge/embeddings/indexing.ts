import { sql } from "drizzle-orm";
import { rowsOf } from "@/db/client";
import { EmbeddingError } from "@/lib/platform/ai/embedding-error";
import type { Context } from "@/lib/platform/context";
import { forgetOtherServices, forgetVectors } from "../search/vector-store";
import { VectorWalk } from "../vector-walk";
import { type Calibration, calibration, calibrationOf, isMeaningless, PROBE_TEXTS } from "./calibration";
import { askEmbedder, modelOfEmbedder } from "./embedder-model";
import { beginRun, type IndexKey, keepFailure, keepProgress, switchTo } from "./progress-repository";
import { type EmbedderRow, forgetRetired, keepCalibration } from "./repository";

/** Asks for vectors of the probes, a call after the other. @throws EmbeddingError */
export async function probe(
  ask: (texts: readonly string[]) => Promise<readonly Float32Array[]>,
  batchSize: number,
): Promise<Calibration> {
  const vectors: Float32Array[] = [];
  for (let start = 0; start < PROBE_TEXTS.length; start += batchSize) {
    vectors.push(...(await ask(PROBE_TEXTS.slice(start, start + batchSize))));
    const odd = vectors.find((vector) => vector.length !== vectors[0]?.length);
    if (odd) {
      throw new EmbeddingError("dimension", { detail: `${odd.length} / ${vectors[0]?.length}` });
    }
  }
  return calibrationOf(vectors);
}

/** What the model's vectors look like, measured before its first entry. @throws EmbeddingError meaningless */
async function calibrated(context: Context, merchantId: string, row: EmbedderRow): Promise<EmbedderRow> {
  if (calibration.safeParse(row.calibration).success) {
    return row;
  }
  const ask = async (texts: readonly string[]) => (await askEmbedder(context.db, row, merchantId, texts)).vectors;
  const measured = await probe(ask, row.batchSize);
  if (isMeaningless(measured)) {
    throw new EmbeddingError("meaningless");
  }
  await keepCalibration(context.db, row.id, measured);
  return { ...row, calibration: measured };
}

async function publishedCount(context: Context, merchantId: string): Promise<number> {
  const [row] = await rowsOf<{ count: number }>(
    context.db,
    sql`select count(*)::int as count from kb_entries where merchant_id = ${merchantId} and status = 'published'`,
  );
  return row?.count ?? 0;
}

async function walk(context: Context, key: IndexKey, row: EmbedderRow): Promise<void> {
  const measured = await calibrated(context, key.merchantId, row);
  const model = modelOfEmbedder(context.db, measured, key.merchantId);
  let first = true;
  const walked = new VectorWalk(context, key.merchantId, model, {
    onProgress: ({ done, refused, changed }) => {
      // Entries that had their vectors before this run say nothing of how fast it is.
      const known = first && changed.length === 0 ? done : undefined;
      first &&= changed.length === 0;
      return keepProgress(context.db, key, { done, refused, ...(known !== undefined && { known }) }, context.now());
    },
    onFailure: ({ failure, options }) =>
      keepFailure(context.db, key, { reason: failure, detail: options.detail ?? "" }, context.now()),
  });
  const every = await walked.run();
  const whole =
    every !== undefined &&
    (await context.db.transaction(async (tx) => {
      const switched = await switchTo(tx, key, context.now());
      await forgetRetired(tx);
      return switched;
    }));
  if (whole) {
    await forgetVectors(context.db, key.merchantId, model.id, every);
    await forgetOtherServices(context.db, key.merchantId, model.id);
  }
}

/**
 * Makes vectors of all of a merchant's entries with a service that its searches do not use yet, and has them use it when
 * the last one is there. Until then they go on as before. What a person stopped, and what failed for good, is left alone.
 *
 * @throws EmbeddingError when only time can mend it: the queue tries again
 */
export async function buildIndex(context: Context, merchantId: string, row: EmbedderRow): Promise<void> {
  const key = { merchantId, embedderId: row.id };
  if (!(await beginRun(context.db, key, await publishedCount(context, merchantId), context.now()))) {
    return;
  }
  try {
    await walk(context, key, row);
  } catch (error) {
    if (!(error instanceof EmbeddingError)) {
      throw error;
    }
    const failure = { reason: error.failure, detail: error.options.detail ?? "" };
    await keepFailure(context.db, key, error.isPassing ? failure : { ...failure, state: "failed" }, context.now());
    context.log.warn({ merchantId, reason: error.failure }, "indexing with a service for vectors");
    if (error.isPassing) {
      throw error;
    }
  }
}
