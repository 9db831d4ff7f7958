import { LRUCache } from "lru-cache";
import { breakerOf } from "@/lib/platform/ai/circuit-breaker";
import type { EmbeddingModel } from "@/lib/platform/ai/embedding-model";
import type { AskedVector } from "./features";
import { STOP_WORDS } from "./stop-words";

/** Longest wait for the vector of a question, in milliseconds; after it the words alone decide. */
const WAIT_MS = 300;
const KEPT = 2_000;

const SLOT = Symbol.for("yingda.question-vectors");
type Holder = { [SLOT]?: LRUCache<string, Promise<AskedVector>> };

/** On globalThis: routes, jobs and the server's own bundle are separate module graphs of one process. */
function kept(): LRUCache<string, Promise<AskedVector>> {
  const holder = globalThis as Holder;
  holder[SLOT] ??= new LRUCache<string, Promise<AskedVector>>({ max: KEPT });
  return holder[SLOT];
}

/** Words of a Latin text that say what it is about. */
export function tellingWords(text: string): string[] {
  return (text.toLowerCase().match(/[a-z0-9'-]+/gu) ?? []).filter((word) => !STOP_WORDS.has(word));
}

async function ask(model: EmbeddingModel, question: string): Promise<AskedVector> {
  const breaker = breakerOf(`vectors:${model.id}`, 1);
  if (!breaker.allows()) {
    throw new Error("the model rests");
  }
  try {
    const [embedding] = await model.embed([question], [tellingWords(question)]);
    if (!embedding) {
      throw new Error("no vector");
    }
    breaker.succeeded();
    return embedding;
  } catch (error) {
    breaker.failed();
    throw error;
  }
}

/**
 * The vector of a question, if the model speaks its language and answers in time. It never fails: without a vector a
 * search goes by words. A question that came too late is there when it is asked again.
 */
export async function questionVector(
  model: EmbeddingModel | undefined,
  question: string,
): Promise<AskedVector | undefined> {
  const asked = question.trim();
  if (!model?.speaks(asked)) {
    return undefined;
  }
  const key = `${model.id}\n${asked}`;
  const all = kept();
  let vector = all.get(key);
  if (!vector) {
    vector = ask(model, asked);
    all.set(key, vector);
    vector.catch(() => all.delete(key));
  }
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, WAIT_MS, undefined);
  });
  return Promise.race([vector.catch(() => undefined), late]).finally(() => clearTimeout(timer));
}
