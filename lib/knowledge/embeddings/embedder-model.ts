import { createHash } from "node:crypto";
import type { Database } from "@/db/client";
import { EmbeddingError } from "@/lib/platform/ai/embedding-error";
import type { EmbeddingModel } from "@/lib/platform/ai/embedding-model";
import { type Embedded, embedTexts, type OpenAiEmbeddingSettings } from "@/lib/platform/ai/openai-embeddings";
import { seal, unseal } from "@/lib/platform/crypto/seal";
import { guardedFetchWith } from "@/lib/platform/http/guarded-fetch";
import { log } from "@/lib/platform/log/log";
import { maskPrivateData } from "@/lib/platform/text/private-data";
import { unit } from "../search/phrase-vectors";
import { calibration, languageOf, measureOf, spreadOf, trustOf } from "./calibration";
import { addUsage } from "./progress-repository";
import type { EmbedderRow } from "./repository";

/** Longest wait of a question for its vector. Milliseconds. */
export const QUESTION_WAIT_MS = 600;
/** Longest wait for the vector of one text, and of many. Milliseconds. */
const ONE_MS = 8_000;
const MANY_MS = 30_000;
/** Calls at once while entries are indexed. */
const CALLS = 4;
/** Most bytes of an answer: 128 vectors of 4,096 numbers, as text. */
const ANSWER_MAX = 16 * 1024 * 1024;

/** What of a service's settings makes its vectors what they are. */
export function modelKeyOf(settings: Pick<EmbedderRow, "baseUrl" | "model" | "dimensions">): string {
  const { baseUrl, model, dimensions } = settings;
  const text = [baseUrl.replace(/\/+$/u, ""), model, dimensions ?? ""].join("\n");
  return `service-${createHash("sha256").update(text).digest("hex").slice(0, 24)}`;
}

export const sealKey = (key: string): string | null => (key === "" ? null : seal(key));

/** @throws EmbeddingError unauthorized when it was sealed with another key of the installation */
export function openKey(sealed: string | null): string {
  try {
    return sealed === null ? "" : unseal(sealed);
  } catch (error) {
    throw new EmbeddingError("unauthorized", { cause: error });
  }
}

/** The connection behind settings. The address was typed by a person: no private network is reached (T56). */
export function connectionOf(
  settings: Pick<EmbedderRow, "baseUrl" | "model" | "dimensions">,
  apiKey: string,
): OpenAiEmbeddingSettings {
  const { baseUrl, model, dimensions } = settings;
  return { baseUrl, model, dimensions, apiKey, fetch: guardedFetchWith(undefined, ANSWER_MAX) };
}

/** Tokens that texts come to where a service does not count: a Chinese character is about one, four letters are one. */
export function tokensOf(texts: readonly string[], counted: number): number {
  const text = texts.join("");
  const han = text.match(/[\u3400-\u9fff]/gu)?.length ?? 0;
  return counted > 0 ? counted : han + Math.ceil((text.length - han) / 4);
}

/** Prices are per million tokens, so tokens times price is millionths. */
export const costOf = (price: number, tokens: number): number => Math.round(price * tokens);

/** Asks a service for the vectors of some texts, private data masked, and writes down what it came to. @throws EmbeddingError */
export async function askEmbedder(
  db: Database,
  row: EmbedderRow,
  merchantId: string,
  texts: readonly string[],
): Promise<Embedded> {
  const started = performance.now();
  const keep = (failed: boolean, tokens: number) => {
    const call = { merchantId, failed, tokens, costMicros: costOf(row.price, tokens) };
    // Nobody waits for it: figures of calls are no reason to delay an answer, or to have none.
    addUsage(db, { ...call, ms: Math.round(performance.now() - started) }, new Date()).catch((error: unknown) =>
      log().warn({ err: error }, "use of the service for vectors was not written down"),
    );
  };
  try {
    const masked = texts.map(maskPrivateData);
    const limitMs = texts.length === 1 ? ONE_MS : MANY_MS;
    const embedded = await embedTexts(connectionOf(row, openKey(row.secret)), masked, limitMs);
    const known = calibration.safeParse(row.calibration).data?.dimension;
    const dimension = embedded.vectors[0]?.length ?? 0;
    if (known !== undefined && dimension !== known) {
      throw new EmbeddingError("dimension", { detail: `${dimension} / ${known}` });
    }
    keep(false, tokensOf(masked, embedded.tokens));
    return embedded;
  } catch (error) {
    keep(true, 0);
    throw error;
  }
}

/** A service as the search and the indexing ask it. @param merchantId whose calls these are */
export function modelOfEmbedder(db: Database, row: EmbedderRow, merchantId: string): EmbeddingModel {
  const measured = calibration.safeParse(row.calibration).data;
  const of = {
    zh: measured && { trust: trustOf(measured.zh), measure: measureOf(measured.zh) },
    en: measured && { trust: trustOf(measured.en), measure: measureOf(measured.en) },
  };
  return {
    id: row.modelKey,
    service: `${row.id}:${row.version}`,
    remote: true,
    waitMs: QUESTION_WAIT_MS,
    batch: { texts: row.batchSize, calls: CALLS },
    spread: measured && spreadOf(measured),
    // A language that it makes nothing of is none of its languages.
    speaks: (text) => /[\p{L}\p{N}]/u.test(text) && (of[languageOf(text)]?.trust ?? 0) > 0,
    async embed(texts) {
      const { vectors } = await askEmbedder(db, row, merchantId, texts);
      return texts.map((text, index) => ({
        vector: unit(vectors[index] ?? new Float32Array()),
        trust: 0,
        ...of[languageOf(text)],
      }));
    },
  };
}
