import { EntryIndex, EntryIndexBuilder } from "@/lib/knowledge/search/entry-index";
import { unit } from "@/lib/knowledge/search/phrase-vectors";
import { questionVector } from "@/lib/knowledge/search/question-vector";
import { vectorModel } from "@/lib/knowledge/search/vector-model";
import { measure } from "./measure";

const SIZES = [
  { entries: 10_000, limit: 25 },
  { entries: 100_000, limit: 60 },
] as const;
const RUNS = 200;
const DIMENSION = 512;
const THINGS = "parcel refund invoice voucher jacket backpack kettle lamp keyboard ticket locker card".split(" ");
const ACTS = "cancel return exchange track collect repair replace pay find change renew lend".split(" ");
const PLACES = "library canteen stadium dormitory clinic laboratory campus shop office gate".split(" ");

const at = (list: readonly string[], index: number): string => list[index % list.length] ?? "";

function questionAt(index: number): string {
  const place = `${at(PLACES, Math.floor(index / 144))} ${Math.floor(index / 1_440)}`;
  return `How do I ${at(ACTS, index)} my ${at(THINGS, Math.floor(index / 12))} at the ${place}?`;
}

/** Numbers that look random and are the same every time. */
function vectorAt(index: number): Float32Array {
  let state = index + 1;
  return unit(
    Float32Array.from({ length: DIMENSION }, () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return state / 2 ** 31 - 1;
    }),
  );
}

/** Search by words and by the local sentence vectors, the vector of each question computed anew; without Postgres. */
export async function measureVectorSpeed(): Promise<Record<string, unknown>[]> {
  const model = vectorModel();
  const rows: Record<string, unknown>[] = [];
  for (const { entries, limit } of model ? SIZES : []) {
    const builder = new EntryIndexBuilder();
    let made = 0;
    for (let start = 0; start < entries; start += 1_000) {
      const batch = Array.from({ length: 1_000 }, (_none, offset) => ({
        id: `e${start + offset}`,
        question: questionAt(start + offset),
        variants: [],
        answer: "See the help page.",
        language: "en",
      }));
      await builder.add(batch, () => {
        made += 1;
        return vectorAt(made);
      });
    }
    const index = new EntryIndex(await builder.build(true));
    const ask = async (run: number) => {
      const question = `where can i ${at(ACTS, run)} the ${at(THINGS, run * 7)} number ${run} of size ${entries}`;
      index.search(question, 5, {}, await questionVector(model, question));
    };
    await measure(20, ask);
    const latency = await measure(RUNS, (run) => ask(run + 20));
    rows.push({
      run: `${entries.toLocaleString("en")} entries: words and local vectors, ms`,
      ...latency,
      limit,
      within: latency.p95 <= limit ? "yes" : "MISS",
    });
  }
  return rows;
}
