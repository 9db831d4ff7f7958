/**
 * `node scripts/bench-table.mjs`: writes the figures of bench-results/*.json into docs/benchmarks.md, each between its
 * two markers. A benchmark that was not run leaves its table as it is.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "./up/paths.mjs";

const page = path.join(root, "docs", "benchmarks.md");
const results = path.join(root, "bench-results");

/** Headings of the columns; a column without one keeps its name. */
const headings = {
  run: "what",
  p50: "p50 ms",
  p95: "p95 ms",
  p99: "p99 ms",
  perSecond: "messages/s",
  assignmentsPerSecond: "assignments/s",
  rssMb: "RSS MB",
  peakMb: "peak MB",
  outOfOrder: "out of order",
  within: "kept",
  baseline: "best baseline",
  right: "right",
  hit1: "hit@1",
  hit1Words: "hit@1 by words alone",
  aim: "aim",
  baselineAuroc: "best of 20 AUROC",
  auroc: "AUROC",
  aurocAim: "AUROC aim",
  answered90: "answered",
  answeredAim: "answered aim",
  sure: "sure",
  sureRight: "sure and right",
  indexes: "indexes used",
  preview: "until the preview, s",
  written: "written, s",
  total: "together, s",
};

const cell = (value) => {
  const text = String(value ?? "").replaceAll("|", "\\|");
  return text === "MISS" ? "**miss**" : text;
};

const line = (cells) => `| ${cells.join(" | ")} |`;

/** A result as Markdown: the machine it was measured on, then the table. */
function render({ at, machine, rows, columns = [...new Set(rows.flatMap(Object.keys))] }) {
  const where = `${machine.cores} cores of ${machine.cpu}, ${machine.memoryGb} GB, Node ${machine.node.replace("v", "")}`;
  const load = `load average ${machine.load.join(", ")} (1, 5, 15 minutes) at the end`;
  const words = columns.filter((column) => column === "run" || column === "indexes");
  return [
    `Measured on ${at.slice(0, 10)}: ${where}; ${load}.`,
    "",
    line(columns.map((column) => headings[column] ?? column)),
    line(columns.map((column) => (words.includes(column) ? "---" : "---:"))),
    ...rows.map((row) => line(columns.map((column) => cell(row[column])))),
  ].join("\n");
}

let text = readFileSync(page, "utf8");
for (const [, name] of text.matchAll(/<!-- bench:(\w+) -->/g)) {
  const file = path.join(results, `${name}.json`);
  if (!existsSync(file)) {
    process.stdout.write(`${name}: not measured here, left as it is\n`);
    continue;
  }
  const table = render(JSON.parse(readFileSync(file, "utf8")));
  const marked = new RegExp(`(<!-- bench:${name} -->\n)[\\s\\S]*?(<!-- /bench:${name} -->)`);
  text = text.replace(marked, (_all, open, close) => `${open}${table}\n${close}`);
  process.stdout.write(`${name}: written\n`);
}
writeFileSync(page, text);
