import { LRUCache } from "lru-cache";
import { breakerOf } from "@/lib/platform/ai/circuit-breaker";
import { EmbeddingError } from "@/lib/platform/ai/embedding-error";
import type { EmbeddingModel } from "@/lib/platform/ai/embedding-model";
import type { AskedVector } from "./features";
import { STOP_WORDS } from "./stop-words";

const KEPT = 2_000;

const SLOT = Symbol.for("yingda.question-vectors");
interface Memory {
  readonly vectors: LRUCache<string, Promise<AskedVector>>;
  /** Services whose last vector came too late: nobody waits for them until one comes in time. */
  readonly late: Set<string>;
}
type Holder = { [SLOT]?: Memory };

/** On globalThis: routes, jobs and the server's own bundle are separate module graphs of one process. */
function memory(): Memory {
  const holder = globalThis as Holder;
  holder[SLOT] ??= { vectors: new LRUCache<string, Promise<AskedVector>>({ max: KEPT }), late: new Set() };
  return holder[SLOT];
}

/** Words of a Latin text that say what it is about. */
export function tellingWords(text: string): string[] {
  return (text.toLowerCase().match(/[a-z0-9'-]+/gu) ?? []).filter((word) => !STOP_WORDS.has(word));
}

async function ask(model: EmbeddingModel, question: string): Promise<AskedVector> {
  const breaker = breakerOf(`vectors:${model.service}`, 1);
  const started = performance.now();
  if (!breaker.allows()) {
    throw new Error("the model rests");
  }
  try {
    const [embedding] = await model.embed([question], [tellingWords(question)]);
    if (!embedding) {
      throw new Error("no vector");
    }
    breaker.succeeded();
    if (model.remote && performance.now() - started <= model.waitMs) {
      memory().late.delete(model.service);
    }
    return embedding;
  } catch (error) {
    breaker.failed(error instanceof EmbeddingError ? error.options.restMs : undefined);
    throw error;
  }
}

/**
 * The vector of a question, if the model speaks its language and answers in time. It never fails: without a vector a
 * search goes by words. A vector that came too late is there when the question is asked again. A turn may search several
 * times: after a service was late once, its vectors are asked for and not waited for, until one has come in time.
 */
export async function questionVector(
  model: EmbeddingModel | undefined,
  question: string,
): Promise<AskedVector | undefined> {
  const asked = question.trim();
  if (!model?.speaks(asked)) {
    return undefined;
  }
  const key = `${model.id}\n${model.service}\n${asked}`;
  const { vectors: all, late: lateServices } = memory();
  let vector = all.get(key);
  if (!vector) {
    vector = ask(model, asked);
    all.set(key, vector);
    vector.catch(() => all.delete(key));
  }
  let timer: NodeJS.Timeout | undefined;
  const isLate = lateServices.has(model.service);
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(
      () => {
        if (model.remote) {
          lateServices.add(model.service);
        }
        resolve(undefined);
      },
      isLate ? 0 : model.waitMs,
    );
  });
  return Promise.race([vector.catch(() => undefined), late]).finally(() => clearTimeout(timer));
}
