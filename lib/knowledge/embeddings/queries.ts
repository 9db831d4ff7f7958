import { merchantOf } from "@/lib/identity/queries";
import { breakerOf } from "@/lib/platform/ai/circuit-breaker";
import type { Context } from "@/lib/platform/context";
import { vectorModel } from "../search/vector-model";
import { calibration } from "./calibration";
import { usageSince } from "./progress-repository";
import {
  type EmbedderRow,
  embedderById,
  indexesOf,
  ownEmbedder,
  platformEmbedder,
  type VectorIndexRow,
} from "./repository";
import { type Embedder, embedderInput, indexState, type VectorIndex, type VectorSearch } from "./schema";

const DAYS = 30;
const DAY_MS = 86_400_000;

function toEmbedder(row: EmbedderRow): Embedder {
  const { baseUrl, model, dimensions, batchSize, price, enabled, version, secret } = row;
  const currency = embedderInput.shape.currency.parse(row.currency);
  return { baseUrl, model, dimensions, batchSize, price, currency, enabled, hasKey: secret !== null, version };
}

function toIndex(row: VectorIndexRow, model: string): VectorIndex {
  const { total, done, refused, reason, detail } = row;
  const state = indexState.parse(row.state);
  const seconds = (row.updatedAt.getTime() - row.runStartedAt.getTime()) / 1_000;
  const rate =
    state === "building" && seconds > 0 && done > row.runDoneFrom ? (done - row.runDoneFrom) / seconds : null;
  return {
    state,
    model,
    total: Math.max(total, done),
    done,
    refused,
    rate,
    secondsLeft: rate === null ? null : Math.ceil(Math.max(0, total - done) / rate),
    reason,
    detail,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}

async function toActive(context: Context, row: VectorIndexRow | undefined): Promise<VectorSearch["active"]> {
  const embedder = row && (await embedderById(context.db, row.embedderId));
  const measured = calibration.safeParse(embedder?.calibration).data;
  return row && embedder && measured
    ? {
        ...toIndex(row, embedder.model),
        dimension: measured.dimension,
        understands: { zh: measured.zh.found, en: measured.en.found },
      }
    : null;
}

/** The service whose vectors the caller's merchant's searches use, what is under way, and what it came to. */
export async function getVectorSearch(context: Context): Promise<VectorSearch> {
  const merchantId = merchantOf(context);
  const own = await ownEmbedder(context.db, merchantId);
  const platform = await platformEmbedder(context.db, merchantId);
  const inherited = platform?.enabled ? platform : undefined;
  const wanted = own ?? inherited;
  const rows = await indexesOf(context.db, merchantId);
  const active = rows.find(({ state }) => state === "active");
  const next = wanted?.enabled ? rows.find(({ embedderId }) => embedderId === wanted.id) : undefined;
  const since = new Date(context.now().getTime() - (DAYS - 1) * DAY_MS).toISOString().slice(0, 10);
  const usage = await usageSince(context.db, merchantId, since);
  return {
    own: own ? toEmbedder(own) : null,
    inherited: inherited ? { model: inherited.model } : null,
    local: vectorModel() !== undefined,
    active: await toActive(context, active),
    next: next && next !== active && wanted ? toIndex(next, wanted.model) : null,
    usage: {
      calls: usage.calls,
      failures: usage.failures,
      averageMs: usage.calls > 0 ? Math.round(usage.totalMs / usage.calls) : null,
      tokens: usage.tokens,
      costMicros: usage.costMicros,
      currency: embedderInput.shape.currency.parse(wanted?.currency ?? "CNY"),
    },
    restSeconds: wanted ? breakerOf(`vectors:${wanted.id}:${wanted.version}`, 1).restSeconds : 0,
  };
}
