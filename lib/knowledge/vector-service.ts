import { sql } from "drizzle-orm";
import { rowsOf } from "@/db/client";
import type { EmbeddingModel } from "@/lib/platform/ai/embedding-model";
import type { Context } from "@/lib/platform/context";
import { publishedPages } from "./search/index-source";
import { vectorModel } from "./search/vector-model";
import { forgetVectors, keepVectors, knownKeys, textKey } from "./search/vector-store";

/** Texts in one call: a question that is asked meanwhile waits for no more than these. */
const CALL = 4;
/** Vectors kept at once; what a killed run has to do again. */
const KEEP = 64;
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

async function make(
  context: Context,
  merchantId: string,
  model: EmbeddingModel,
  texts: readonly string[],
): Promise<void> {
  for (let start = 0; start < texts.length; start += KEEP) {
    const made: { key: string; vector: Float32Array }[] = [];
    const batch = texts.slice(start, start + KEEP);
    for (let from = 0; from < batch.length; from += CALL) {
      const some = batch.slice(from, from + CALL);
      const embeddings = await model.embed(
        some,
        some.map(() => []),
      );
      for (const [index, text] of some.entries()) {
        const vector = embeddings[index]?.vector;
        if (vector) {
          made.push({ key: textKey(text), vector });
        }
      }
    }
    await keepVectors(context.db, merchantId, model.id, made);
  }
}

/**
 * Makes the sentence vectors that are missing for a merchant's published wordings and tells the searches of them. What is
 * there stays: a run that was killed goes on where it was, and a second one finds nothing to do.
 */
export async function makeVectors(context: Context, merchantId: string): Promise<void> {
  const model = vectorModel();
  if (!model) {
    return;
  }
  const every: string[] = [];
  let changed: string[] = [];
  let made = 0;
  for await (const page of publishedPages(context.db, merchantId)) {
    const texts = new Map<string, string>();
    for (const { question, variants } of page) {
      for (const text of [question, ...variants].filter((each) => model.speaks(each))) {
        texts.set(textKey(text), text);
      }
    }
    const known = await knownKeys(context.db, merchantId, model.id, [...texts.keys()]);
    const missing = [...texts].filter(([key]) => !known.has(key));
    await make(
      context,
      merchantId,
      model,
      missing.map(([, text]) => text),
    );
    const fresh = new Set(missing.map(([key]) => key));
    changed.push(
      ...page.flatMap(({ id, question, variants }) =>
        [question, ...variants].some((text) => fresh.has(textKey(text))) ? id : [],
      ),
    );
    made += missing.length;
    every.push(...texts.keys());
    if (made >= TELL) {
      await tell(context, merchantId, changed);
      changed = [];
      made = 0;
    }
  }
  if (changed.length > 0) {
    await tell(context, merchantId, changed);
  }
  await forgetVectors(context.db, merchantId, every);
}
