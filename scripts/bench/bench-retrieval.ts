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
import { report } from "./support/report";
import { coverageAt, type Judged, separation, shareAt } from "./support/retrieval-measures";
import { RETRIEVAL_SETS, type RetrievalSet } from "./support/retrieval-sets";
import { measureSpeed } from "./support/retrieval-speed";

const folder = process.env["BENCH_DATA"] ?? path.resolve("..", "shared", "data", "retrieval");

interface Content {
  readonly lang: string;
  readonly kb: readonly { id: string; question: string; answer?: string; similar?: readonly string[] }[];
  readonly queries: readonly { text: string; relevant: readonly string[] }[];
}

async function judge(set: RetrievalSet, content: Content): Promise<Judged[]> {
  const builder = new EntryIndexBuilder();
  await builder.add(
    content.kb.map(({ id, question, answer = "", similar = [] }) => ({
      id,
      question,
      answer,
      variants: set.cold ? [] : similar,
      language: content.lang,
    })),
  );
  const index = new EntryIndex(await builder.build(true));
  return content.queries.map(({ text, relevant }) => {
    const [best] = index.search(text, 5).found;
    return {
      inScope: relevant.length > 0,
      right: best !== undefined && relevant.includes(best.id),
      confidence: best ? confidenceOf(best.features) : 0,
    };
  });
}

const shown = (value: number | undefined): string =>
  value === undefined || Number.isNaN(value) ? "" : value.toFixed(3);

function row(set: RetrievalSet, judged: readonly Judged[]): Record<string, unknown> {
  const inScope = judged.filter((one) => one.inScope);
  const first = inScope.filter((one) => one.right).length / inScope.length;
  const outside = judged.length > inScope.length;
  const sure = shareAt(judged, 0.9);
  const auroc = outside ? separation(judged) : undefined;
  const answered = coverageAt(judged, 0.9);
  const kept =
    first >= set.aim && (auroc ?? 1) >= (outside ? (set.aurocAim ?? 0) : 0) && answered >= (set.answeredAim ?? 0);
  return {
    run: set.cold ? `${set.name} cold` : set.name,
    baseline: shown(set.baseline),
    hit1: shown(first),
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

const rows: Record<string, unknown>[] = [];
const present = RETRIEVAL_SETS.filter(({ name }) => existsSync(path.join(folder, `${name}.jsonl`)));
if (present.length === 0) {
  process.stdout.write(
    `The question sets are not at ${folder}: quality is not measured here (BENCH_DATA names the folder).\n`,
  );
}
const sure: { share: number; right: number }[] = [];
for (const set of present) {
  const content = JSON.parse(readFileSync(path.join(folder, `${set.name}.jsonl`), "utf8")) as Content;
  const judged = await judge(set, content);
  sure.push(shareAt(judged, 0.9));
  rows.push(row(set, judged));
}
if (sure.length > 0) {
  const mean = (of: (one: { share: number; right: number }) => number) =>
    sure.reduce((sum, one) => sum + of(one), 0) / sure.length;
  const share = mean((one) => one.share);
  const right = mean((one) => one.right);
  rows.push({
    run: "mean of all, confidence 0.9 and more",
    sure: shown(share),
    sureRight: shown(right),
    answeredAim: "0.32 at 0.93",
    within: share >= 0.32 && right >= 0.93 ? "yes" : "MISS",
  });
  report(process.argv[2], "retrieval", rows);
}
const speed = await measureSpeed();
report(process.argv[2]?.replace(/\.json$/, "Speed.json"), "retrievalSpeed", speed, [
  "run",
  "p50",
  "p95",
  "p99",
  "limit",
  "within",
]);
