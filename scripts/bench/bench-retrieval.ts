/**
 * `npm run bench:retrieval`: the search on public question sets that nobody of this product wrote (read where they are
 * and never copied: BENCH_DATA names their folder), beside the best of twenty open search libraries; then its speed and
 * memory at 10,000 and 100,000 entries. Nothing is tuned to a set: the index, the weights and the confidence are those of
 * the product.
 */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { confidenceOf } from "@/lib/knowledge/search/confidence";
import { EntryIndex, EntryIndexBuilder } from "@/lib/knowledge/search/entry-index";
import type { AskedVector } from "@/lib/knowledge/search/features";
import { tellingWords } from "@/lib/knowledge/search/question-vector";
import { vectorModel } from "@/lib/knowledge/search/vector-model";
import { report } from "./support/report";
import { coverageAt, type Judged, separation, shareAt } from "./support/retrieval-measures";
import { RETRIEVAL_SETS, type RetrievalSet } from "./support/retrieval-sets";
import { measureSpeed } from "./support/retrieval-speed";
import { measureVectorSpeed } from "./support/vector-speed";

const folder = process.env["BENCH_DATA"] ?? path.resolve("..", "shared", "data", "retrieval");

/** Texts in one call of the model. */
const BATCH = 8;

interface Content {
  readonly lang: string;
  readonly kb: readonly { id: string; question: string; answer?: string; similar?: readonly string[] }[];
  readonly queries: readonly { text: string; relevant: readonly string[] }[];
}

/** Vectors of texts, as the product makes them; none for those that the model does not speak, or without the package. */
async function vectorsOf(texts: readonly string[]): Promise<Map<string, AskedVector>> {
  const model = vectorModel();
  const vectors = new Map<string, AskedVector>();
  const spoken = model ? [...new Set(texts)].filter((text) => model.speaks(text)) : [];
  for (let start = 0; start < spoken.length; start += BATCH) {
    const batch = spoken.slice(start, start + BATCH);
    const embedded = (await model?.embed(batch, batch.map(tellingWords))) ?? [];
    for (const [index, text] of batch.entries()) {
      const embedding = embedded[index];
      if (embedding) {
        vectors.set(text, embedding);
      }
    }
  }
  return vectors;
}

async function judge(
  set: RetrievalSet,
  content: Content,
  vectors: ReadonlyMap<string, AskedVector>,
): Promise<Judged[]> {
  const builder = new EntryIndexBuilder();
  await builder.add(
    content.kb.map(({ id, question, answer = "", similar = [] }) => ({
      id,
      question,
      answer,
      variants: set.cold ? [] : similar,
      language: content.lang,
    })),
    (wording) => vectors.get(wording)?.vector,
  );
  const index = new EntryIndex(await builder.build(true));
  return content.queries.map(({ text, relevant }) => {
    const [best] = index.search(text, 5, {}, vectors.get(text)).found;
    return {
      inScope: relevant.length > 0,
      right: best !== undefined && relevant.includes(best.id),
      confidence: best ? confidenceOf(best.features) : 0,
    };
  });
}

const firstRight = (judged: readonly Judged[]): number => {
  const inScope = judged.filter((one) => one.inScope);
  return inScope.filter((one) => one.right).length / inScope.length;
};

const shown = (value: number | undefined): string =>
  value === undefined || Number.isNaN(value) ? "" : value.toFixed(3);

function row(set: RetrievalSet, judged: readonly Judged[], byWords: readonly Judged[]): Record<string, unknown> {
  const first = firstRight(judged);
  const outside = judged.some((one) => !one.inScope);
  const sure = shareAt(judged, 0.9);
  const auroc = outside ? separation(judged) : undefined;
  const answered = coverageAt(judged, 0.9);
  const kept =
    first >= set.aim && (auroc ?? 1) >= (outside ? (set.aurocAim ?? 0) : 0) && answered >= (set.answeredAim ?? 0);
  return {
    run: set.cold ? `${set.name} cold` : set.name,
    baseline: shown(set.baseline),
    hit1: shown(first),
    hit1Words: shown(firstRight(byWords)),
    aim: shown(set.aim),
    baselineAuroc: shown(set.baselineAuroc),
    auroc: shown(auroc),
    aurocAim: shown(set.aurocAim),
    answered90: shown(answered),
    answeredAim: shown(set.answeredAim),
    sure: shown(sure.share),
    sureRight: shown(sure.right),
    within: kept ? "yes" : "MISS",
  };
}

interface Share {
  readonly share: number;
  readonly right: number;
}

function meanRow(run: string, shares: readonly Share[]): Record<string, unknown> {
  const mean = (of: (one: Share) => number) => shares.reduce((sum, one) => sum + of(one), 0) / shares.length;
  const share = mean((one) => one.share);
  const right = mean((one) => one.right);
  return {
    run,
    sure: shown(share),
    sureRight: shown(right),
    answeredAim: "0.32 at 0.93",
    within: share >= 0.32 && right >= 0.93 ? "yes" : "MISS",
  };
}

const rows: Record<string, unknown>[] = [];
const present = RETRIEVAL_SETS.filter(({ name }) => existsSync(path.join(folder, `${name}.jsonl`)));
if (present.length === 0) {
  process.stdout.write(
    `The question sets are not at ${folder}: quality is not measured here (BENCH_DATA names the folder).\n`,
  );
}
const sure: Share[] = [];
const sureByWords: Share[] = [];
for (const set of present) {
  const content = JSON.parse(readFileSync(path.join(folder, `${set.name}.jsonl`), "utf8")) as Content;
  const texts = content.kb.flatMap(({ question, similar = [] }) => [question, ...similar]);
  const vectors = await vectorsOf([...texts, ...content.queries.map(({ text }) => text)]);
  const byWords = await judge(set, content, new Map());
  const judged = vectors.size > 0 ? await judge(set, content, vectors) : byWords;
  sure.push(shareAt(judged, 0.9));
  sureByWords.push(shareAt(byWords, 0.9));
  rows.push(row(set, judged, byWords));
}
if (sure.length > 0) {
  rows.push(meanRow("mean of all, confidence 0.9 and more", sure));
  rows.push(meanRow("the same by words alone", sureByWords));
  report(process.argv[2], "retrieval", rows);
}
const speed = [...(await measureSpeed()), ...(await measureVectorSpeed())];
report(process.argv[2]?.replace(/\.json$/, "Speed.json"), "retrievalSpeed", speed, [
  "run",
  "p50",
  "p95",
  "p99",
  "limit",
  "within",
]);
