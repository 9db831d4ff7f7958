/**
 * `npm run bench -- signals`: sentiment, language and the wish for a person, without a model, on public sets that nobody
 * of this product wrote (BENCH_CLASSIFY_DATA names their folder) and on the product's own wordings.
 */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import wordings from "@/lib/bot/hand-off-wordings.json";
import { languageOf, scriptOf } from "@/lib/bot/message-language";
import { asksForPerson } from "@/lib/bot/person-request";
import { sentimentOf } from "@/lib/bot/sentiment";
import { report } from "./support/report";

const folder = process.env["BENCH_CLASSIFY_DATA"] ?? path.resolve("..", "shared", "data", "classify");

interface Item {
  readonly text: string;
  readonly label: string;
}

const SENTIMENT = [
  { name: "zh-shop-sentiment", baseline: 0.78, aim: 0.82 },
  { name: "zh-waimai-sentiment", baseline: 0.74, aim: 0.82 },
  { name: "zh-hotel-sentiment", baseline: 0.81, aim: 0.82 },
  { name: "zh-ecom-sentiment", baseline: 0.74, aim: 0.82 },
  { name: "en-airline-sentiment", baseline: 0.56, aim: 0.7 },
] as const;

const rows: Record<string, unknown>[] = [];
const tell = (run: string, value: number, aim: number, baseline: number | "" = "") => {
  const right = value.toFixed(3);
  rows.push({ run, baseline, right, aim, within: value >= aim ? "yes" : "MISS" });
};

function itemsOf(name: string): readonly Item[] | undefined {
  const file = path.join(folder, `${name}.jsonl`);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as { items: Item[] }).items : undefined;
}

const share = <T>(all: readonly T[], right: (one: T) => boolean): number =>
  all.filter(right).length / (all.length || 1);

for (const { name, baseline, aim } of SENTIMENT) {
  const items = itemsOf(name);
  const three = items?.some(({ label }) => label === "neutral");
  if (items) {
    // Sets of two classes have no neutral: what tells nothing counts as blame there.
    const read = (text: string) => {
      const { sentiment } = sentimentOf(text);
      return sentiment === "neutral" && !three ? "negative" : sentiment;
    };
    tell(
      name,
      share(items, ({ text, label }) => read(text) === label),
      aim,
      baseline,
    );
  }
}
const languages = itemsOf("lid")?.filter(({ label }) => ["en", "zh", "zh-Hant"].includes(label));
if (languages) {
  tell(
    "language, Chinese or English",
    // Names and codes alone tell no language: the conversation's own is taken, which is Chinese unless the browser says else.
    share(languages, ({ text, label }) => (languageOf(text) ?? "zh-CN") === (label === "en" ? "en" : "zh-CN")),
    0.999,
  );
  const chinese = languages.filter(({ label }) => label !== "en");
  tell(
    "simplified or traditional",
    share(chinese, ({ text, label }) => (scriptOf(text) === "traditional") === (label === "zh-Hant")),
    0.995,
  );
} else {
  process.stdout.write(`The classification sets are not at ${folder}: sentiment and language are not measured here.\n`);
}
const asks = [...wordings.asks.zh, ...wordings.asks.en];
const others = [...wordings.doesNotAsk.zh, ...wordings.doesNotAsk.en];
tell(`a person asked for, heard in own ${asks.length} wordings`, share(asks, asksForPerson), 0.98);
tell(
  `a person not asked for, own ${others.length} wordings`,
  share(others, (text) => !asksForPerson(text)),
  0.99,
);
report(process.argv[2], "signals", rows);
