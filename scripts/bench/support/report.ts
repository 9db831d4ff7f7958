import { writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";

/** The value below which `share` of the sorted numbers lie. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export interface Latency {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** p50, p95 and p99 in milliseconds, one decimal. */
export function latencyOf(numbers: readonly number[]): Latency {
  const sorted = numbers.toSorted((left, right) => left - right);
  return {
    p50: round(percentile(sorted, 0.5)),
    p95: round(percentile(sorted, 0.95)),
    p99: round(percentile(sorted, 0.99)),
  };
}

/**
 * Prints a table and writes the figures with the machine they were measured on.
 *
 * @param columns which of the rows' fields, in which order; those of the first row unless said
 */
export function report(
  file: string | undefined,
  name: string,
  rows: readonly Record<string, unknown>[],
  columns = Object.keys(rows[0] ?? {}),
): void {
  const machine = {
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    load: loadavg().map(round),
  };
  process.stdout.write(
    `${name} on ${machine.cores} × ${machine.cpu}, node ${machine.node}, load ${machine.load.join(" ")}\n`,
  );
  const table = [columns, ...rows.map((row) => columns.map((column) => String(row[column] ?? "")))];
  const widths = columns.map((_, index) => Math.max(...table.map((line) => line[index]?.length ?? 0)));
  for (const line of table) {
    process.stdout.write(`${line.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join("  ")}\n`);
  }
  if (file) {
    writeFileSync(file, `${JSON.stringify({ name, at: new Date().toISOString(), machine, columns, rows }, null, 2)}\n`);
  }
}
