import type { Link } from "@/lib/platform/ai/model-chain";
import type { Context } from "@/lib/platform/context";
import { hasRoom, inCrowd, modelPlace } from "@/lib/platform/jobs/crowd";
import { enqueue } from "@/lib/platform/jobs/emit";

/** How long a question waits for its turn at the models, in milliseconds: after it our own words come in time (T27). */
const WAIT_MS = 6_000;
const AGAIN_SECONDS = 1;

export interface Asked {
  readonly conversationId: string;
  readonly merchantId: string;
  /** When the customer asked. */
  readonly at: Date;
}

/**
 * Who may be asked now. A model that hangs holds some of a process's workers, not all: a question that finds them waiting
 * already comes back a little later, and goes without a model when it has waited long enough.
 *
 * @returns `later` when the job that answers is queued again
 */
export async function linksWithRoom(
  context: Context,
  { conversationId, merchantId, at }: Asked,
  links: readonly Link[],
): Promise<readonly Link[] | "later"> {
  if (links.length === 0 || (await hasRoom(modelPlace(merchantId)))) {
    return links;
  }
  if (context.now().getTime() - at.getTime() > WAIT_MS) {
    return [];
  }
  const lane = `bot:${conversationId}`;
  const payload = { conversationId, merchantId };
  await context.db.transaction((tx) =>
    enqueue(tx, { name: "bot.answer", payload, lane, key: lane, delay: AGAIN_SECONDS }),
  );
  return "later";
}

/** Runs what may ask these models, counted while it lasts. */
export function amongAskers<Result>(
  merchantId: string,
  links: readonly Link[],
  ask: () => Promise<Result>,
): Promise<Result> {
  return links.length === 0 ? ask() : inCrowd(modelPlace(merchantId), ask);
}
