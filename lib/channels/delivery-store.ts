import { sql } from "drizzle-orm";
import { type Database, rowsOf } from "@/db/client";
import type { JobRequest } from "@/lib/platform/jobs/emit";

/** Most deliveries of one statement. */
const BATCH_MAX = 200;

/** A webhook delivery as it is stored, with the fact, the job and the slot for a reply that come with it. */
export interface NewDelivery {
  readonly id: string;
  readonly channelId: string;
  readonly merchantId: string;
  readonly replayKey: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Base64. */
  readonly body: string;
  readonly at: string;
  readonly fact: Readonly<Record<string, unknown>>;
  readonly job: Pick<JobRequest, "name" | "payload"> & { readonly lane: string | null };
  /** The job's lane where the sender is known; null where nothing is to be made good in it. */
  readonly lane: string | null;
  /** The user whose reply may go in the answer, and until when; null where none may. */
  readonly slot: { readonly user: string; readonly until: string } | null;
}

interface Waiting {
  readonly delivery: NewDelivery;
  readonly done: (isNew: boolean) => void;
  readonly fail: (error: unknown) => void;
}

interface Batcher {
  readonly waiting: Waiting[];
  busy: boolean;
}

const batchers = new WeakMap<Database, Batcher>();

/** @returns the ids that were not there before */
async function insert(db: Database, deliveries: readonly NewDelivery[]): Promise<Set<string>> {
  const records = deliveries.map((delivery, position) => ({ position, ...delivery }));
  const rows = await rowsOf<{ id: string }>(
    db,
    sql`
    with items as (
      select * from jsonb_to_recordset(${JSON.stringify(records)}::text::jsonb) as x(
        "position" int, "id" text, "channelId" text, "merchantId" text, "replayKey" text, "headers" jsonb,
        "body" text, "at" timestamptz, "fact" jsonb, "job" jsonb, "lane" text, "slot" jsonb)),
    stored as (
      insert into webhook_deliveries (id, channel_id, replay_key, headers, body, lane, position)
      select "id", "channelId", "replayKey", "headers", "body", "lane", nextval('webhook_delivery_positions')
      from (select * from items order by "position") as ordered
      on conflict do nothing returning id),
    fresh as (select items.* from items join stored on stored.id = items."id" order by "position"),
    facts as (
      insert into domain_events (type, merchant_id, payload, occurred_at, published_at)
      select 'webhook.received', "merchantId", "fact", "at", "at" from fresh),
    slots as (
      insert into passive_replies (delivery_id, channel_id, external_user_id, expires_at)
      select "id", "channelId", "slot" ->> 'user', ("slot" ->> 'until')::timestamptz from fresh
      where jsonb_typeof("slot") = 'object')
    select fresh."id" as id, queued.id as job from fresh, lateral graphile_worker.add_job(
      identifier => fresh."job" ->> 'name', payload => (fresh."job" -> 'payload')::json,
      queue_name => fresh."job" ->> 'lane') as queued`,
  );
  return new Set(rows.map(({ id }) => id));
}

async function store(db: Database, batch: readonly Waiting[]): Promise<void> {
  try {
    const fresh = await insert(
      db,
      batch.map(({ delivery }) => delivery),
    );
    for (const { delivery, done } of batch) {
      done(fresh.has(delivery.id));
    }
  } catch (error) {
    if (batch.length === 1) {
      batch[0]?.fail(error);
      return;
    }
    // One that cannot be stored (its channel was removed, say) must not take the others with it.
    for (const waiting of batch) {
      await store(db, [waiting]);
    }
  }
}

async function run(db: Database, batcher: Batcher): Promise<void> {
  batcher.busy = true;
  while (batcher.waiting.length > 0) {
    await store(db, batcher.waiting.splice(0, BATCH_MAX));
  }
  batcher.busy = false;
}

/**
 * Stores a delivery, durably, with everything that follows from it. Those that arrive while one statement runs go
 * together in the next: commits that queue a job run one after the other in Postgres, so under load a statement each
 * would be a line at a counter.
 *
 * @returns false when the same delivery was there already
 */
export function storeDelivery(db: Database, delivery: NewDelivery): Promise<boolean> {
  const batcher = batchers.get(db) ?? { waiting: [], busy: false };
  batchers.set(db, batcher);
  return new Promise((done, fail) => {
    batcher.waiting.push({ delivery, done, fail });
    if (!batcher.busy) {
      void run(db, batcher);
    }
  });
}
