import type { Database } from "@/db/client";

/** Fills a new merchant with something to look at. */
export type SampleFiller = (
  db: Database,
  shop: {
    readonly merchantId: string;
    readonly channelId: string;
    readonly agents: readonly { readonly id: string; readonly name: string }[];
  },
  now: Date,
) => Promise<void>;

const SLOT = Symbol.for("yingda.samples");
const shared: typeof globalThis & { [SLOT]?: SampleFiller } = globalThis;

/** Told by the one-machine server, which has the demo's content on its disk; elsewhere there are no samples. */
export function provideSamples(filler: SampleFiller): void {
  shared[SLOT] = filler;
}

/** @returns undefined where there are none */
export function sampleFiller(): SampleFiller | undefined {
  return shared[SLOT];
}
