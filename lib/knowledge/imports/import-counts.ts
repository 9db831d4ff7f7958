import type { ItemCount } from "./repository";
import { duplicateChoice, itemPlan, OUTCOMES } from "./schema";

type Counts<Key extends string> = Record<Key, number>;

function countsBy<Key extends string>(
  keys: readonly Key[],
  rows: readonly ItemCount[],
  keyOf: (row: ItemCount) => string | null,
): Counts<Key> {
  return Object.fromEntries(
    keys.map((key) => [key, rows.filter((row) => keyOf(row) === key).reduce((sum, row) => sum + row.count, 0)]),
  ) as Counts<Key>;
}

/** How many rows would do what. */
export function plansOf(rows: readonly ItemCount[]): Counts<(typeof itemPlan.options)[number]> {
  return countsBy(itemPlan.options, rows, (row) => row.plan);
}

/** How many rows did what. */
export function outcomesOf(rows: readonly ItemCount[]): Counts<(typeof OUTCOMES)[number]> {
  return countsBy(OUTCOMES, rows, (row) => row.outcome);
}

/** What was chosen for the duplicates. */
export function choicesOf(rows: readonly ItemCount[]): Counts<(typeof duplicateChoice.options)[number]> {
  return countsBy(duplicateChoice.options, rows, (row) => (row.plan === "duplicate" ? row.choice : null));
}
