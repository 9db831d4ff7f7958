import type { Transaction } from "@/db/client";
import { record } from "@/lib/audit/service";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { isPlatform, merchantOf } from "@/lib/identity/queries";
import { EmbeddingError, embeddingErrorOf } from "@/lib/platform/ai/embedding-error";
import { embedTexts } from "@/lib/platform/ai/openai-embeddings";
import type { Context } from "@/lib/platform/context";
import { isMeaningless, PROBE_TEXTS } from "./calibration";
import { connectionOf, costOf, modelKeyOf, openKey, QUESTION_WAIT_MS, sealKey, tokensOf } from "./embedder-model";
import { probe } from "./indexing";
import { addUsage, beginRun, changeState } from "./progress-repository";
import { getVectorSearch } from "./queries";
import {
  changeEmbedder,
  dropIndexes,
  type EmbedderRow,
  forgetRetired,
  inheritingMerchants,
  insertEmbedder,
  lockOwnEmbedder,
  orderVectors,
  ownEmbedder,
  retireEmbedder,
  wantedEmbedder,
} from "./repository";
import type { EmbedderInput, EmbedderTrial, VectorSearch } from "./schema";

const TRIAL_MS = 10_000;

/** What the audit log keeps: no key. */
function audited({ baseUrl, model, dimensions, batchSize, price, currency, enabled, secret }: EmbedderRow) {
  return { baseUrl, model, dimensions, batchSize, price, currency, enabled, hasKey: secret !== null };
}

/**
 * The key that goes with an address. One that is left out stays, but never goes to another address than it was typed for.
 *
 * @throws AppError invalid `provider_key_again`
 */
function sealedFor(input: EmbedderInput, before: EmbedderRow | undefined): string | null {
  if (input.apiKey !== undefined) {
    return sealKey(input.apiKey);
  }
  if (before?.secret && new URL(input.baseUrl).origin !== new URL(before.baseUrl).origin) {
    const fields = [{ path: "body.apiKey", reason: "provider_key_again" }];
    throw new AppError("invalid", "provider_key_again", { fields });
  }
  return before?.secret ?? null;
}

/** Has everybody's vectors made anew for whom this setting counts. */
async function orderFor(tx: Transaction, merchantId: string): Promise<void> {
  const others = (await isPlatform(tx, merchantId)) ? await inheritingMerchants(tx) : [];
  await orderVectors(tx, [merchantId, ...others]);
}

async function replace(
  tx: Transaction,
  context: Context,
  before: EmbedderRow | undefined,
  values: Pick<
    EmbedderRow,
    "baseUrl" | "model" | "dimensions" | "batchSize" | "price" | "currency" | "secret" | "enabled"
  >,
): Promise<EmbedderRow> {
  const modelKey = modelKeyOf(values);
  if (before && before.modelKey === modelKey) {
    const { batchSize, price, currency, secret, enabled } = values;
    await changeEmbedder(tx, before.id, { batchSize, price, currency, secret, enabled }, context.now());
    return { ...before, ...values };
  }
  if (before) {
    await retireEmbedder(tx, before.id, context.now());
  }
  const row = {
    ...values,
    id: newId("embedder", context.now()),
    merchantId: merchantOf(context),
    modelKey,
    calibration: null,
    version: (before?.version ?? 0) + 1,
    retiredAt: null,
    createdAt: context.now(),
    updatedAt: context.now(),
  };
  await insertEmbedder(tx, row);
  return row;
}

/**
 * Sets the merchant's service. Another address, model or dimension is another model: all entries are indexed anew in the
 * background, and searches use the old vectors until the new ones are whole.
 *
 * @throws AppError conflict `stale_version`; invalid `provider_key_again`
 */
export async function saveEmbedder(
  context: Context,
  { version, ...input }: EmbedderInput & { readonly version?: number | undefined },
): Promise<VectorSearch> {
  const merchantId = merchantOf(context);
  await context.db.transaction(async (tx) => {
    const before = await lockOwnEmbedder(tx, merchantId);
    if (version !== undefined && version !== (before?.version ?? 0)) {
      throw new AppError("conflict", "stale_version");
    }
    const secret = sealedFor(input, before);
    const { apiKey, ...values } = input;
    const row = await replace(tx, context, before, { ...values, secret });
    if (row.enabled) {
      // What failed or was stopped is begun again by saving it.
      const key = { merchantId, embedderId: row.id };
      await changeState(tx, key, ["failed", "cancelled"], "building", context.now());
      await beginRun(tx, key, 0, context.now());
    } else {
      await dropIndexes(tx, { embedderId: row.id });
      await dropIndexes(tx, { merchantId });
    }
    await forgetRetired(tx);
    await orderFor(tx, merchantId);
    await record(tx, context, {
      action: before ? "embedder.updated" : "embedder.created",
      targetType: "embedder",
      targetId: row.id,
      ...(before && { before: audited(before) }),
      after: { ...audited(row), ...(apiKey !== undefined && { keyChanged: true }) },
    });
  });
  return getVectorSearch(context);
}

/** Removes the merchant's service with its key. Searches use its vectors no longer, from now on. */
export async function removeEmbedder(context: Context): Promise<VectorSearch> {
  const merchantId = merchantOf(context);
  await context.db.transaction(async (tx) => {
    const row = await lockOwnEmbedder(tx, merchantId);
    if (!row) {
      throw new AppError("not_found", "provider_not_found");
    }
    await retireEmbedder(tx, row.id, context.now());
    await dropIndexes(tx, { embedderId: row.id });
    await dropIndexes(tx, { merchantId });
    await forgetRetired(tx);
    await orderFor(tx, merchantId);
    const before = audited(row);
    await record(tx, context, { action: "embedder.deleted", targetType: "embedder", targetId: row.id, before });
  });
  return getVectorSearch(context);
}

/** Stops the run with a new model, or goes on with it. @throws AppError conflict `indexing_not_there` */
export async function controlIndexing(context: Context, action: "cancel" | "resume"): Promise<VectorSearch> {
  const merchantId = merchantOf(context);
  await context.db.transaction(async (tx) => {
    const wanted = await wantedEmbedder(tx, merchantId);
    const key = { merchantId, embedderId: wanted?.id ?? "" };
    const [from, to] =
      action === "cancel" ? ([["building"], "cancelled"] as const) : ([["failed", "cancelled"], "building"] as const);
    if (!(await changeState(tx, key, from, to, context.now()))) {
      throw new AppError("conflict", "indexing_not_there");
    }
    if (action === "resume") {
      await orderVectors(tx, [merchantId]);
    }
    const target = { targetType: "embedder", targetId: key.embedderId } as const;
    await record(tx, context, {
      action: `embedder.indexing_${action === "cancel" ? "cancelled" : "resumed"}`,
      ...target,
    });
  });
  return getVectorSearch(context);
}

/** Asks a service for vectors of harmless questions, with what stands in the form and the kept key where none is typed. */
export async function testEmbedder(context: Context, input: EmbedderInput): Promise<EmbedderTrial> {
  const merchantId = merchantOf(context);
  const secret = sealedFor(input, await ownEmbedder(context.db, merchantId));
  let calls = 0;
  let counted = 0;
  let longestMs = 0;
  const started = performance.now();
  const ask = async (texts: readonly string[]) => {
    const left = Math.ceil(TRIAL_MS - (performance.now() - started));
    if (left <= 0) {
      throw new EmbeddingError("timeout");
    }
    const { vectors, tokens, ms } = await embedTexts(connectionOf(input, input.apiKey ?? openKey(secret)), texts, left);
    calls += 1;
    counted += tokens;
    longestMs += ms;
    return vectors;
  };
  const outcome = await probe(ask, Math.max(input.batchSize, Math.ceil(PROBE_TEXTS.length / 8))).catch(
    embeddingErrorOf,
  );
  const tokens = calls === 0 ? 0 : tokensOf(PROBE_TEXTS, counted);
  const ms = Math.round(calls === 0 ? performance.now() - started : longestMs / calls);
  const costMicros = costOf(input.price, tokens);
  const failed = outcome instanceof EmbeddingError;
  await addUsage(context.db, { merchantId, failed, tokens, costMicros, ms }, context.now());
  const measured = failed ? undefined : outcome;
  return {
    outcome: failed ? outcome.failure : isMeaningless(outcome) ? "meaningless" : "ok",
    detail: (failed ? (outcome.options.detail ?? "") : "").slice(0, 300),
    dimension: measured?.dimension ?? null,
    ms,
    tokens,
    costMicros,
    understands: measured ? { zh: measured.zh.found, en: measured.en.found } : null,
    slow: !failed && ms > QUESTION_WAIT_MS,
  };
}
