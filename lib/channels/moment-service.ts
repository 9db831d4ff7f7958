import { randomUUID } from "node:crypto";
import { EventEmitter } from "node:events";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Executor, rowsOf } from "@/db/client";
import { type NotificationLine, openNotificationLine } from "@/lib/platform/database/notification-line";
import { env } from "@/lib/platform/env/env";
import { log } from "@/lib/platform/log/log";

/** Something that is told for the moment and kept nowhere ("typing"), as it goes to an integrator. */
export interface ChannelMoment {
  readonly type: string;
  readonly body: string;
}

/** Postgres takes no notification of 8,000 bytes or more. */
const LONGEST_BYTES = 7_500;
const CHANNEL = "yingda_moments";

const told = z.object({ from: z.string(), channelId: z.string(), type: z.string(), body: z.string() });

interface Moments {
  readonly here: EventEmitter;
  /** This process, among those that tell. */
  readonly id: string;
  /** What other processes tell; open while anybody here reads a stream. */
  line?: NotificationLine;
  readers: number;
}

const SLOT = Symbol.for("yingda.channel-moments");

/** On globalThis, for the hot routes and Next's are separate module graphs of one process. */
function moments(): Moments {
  const holder = globalThis as { [SLOT]?: Moments };
  holder[SLOT] ??= { here: new EventEmitter().setMaxListeners(0), id: randomUUID(), readers: 0 };
  return holder[SLOT];
}

function passOn(payload: string): void {
  const { here, id } = moments();
  try {
    const { from, channelId, type, body } = told.parse(JSON.parse(payload));
    if (from !== id) {
      here.emit(channelId, { type, body });
    }
  } catch (error) {
    log().debug({ reason: String(error) }, "a notification that is none of ours");
  }
}

/**
 * Tells whoever reads the channel's stream: in this process at once, in others through the database. Nothing is kept;
 * who must not miss it has the webhook.
 */
export async function tellMoment(executor: Executor, channelId: string, { type, body }: ChannelMoment): Promise<void> {
  const { here, id } = moments();
  here.emit(channelId, { type, body });
  const payload = JSON.stringify({ from: id, channelId, type, body });
  if (Buffer.byteLength(payload) <= LONGEST_BYTES) {
    await rowsOf(executor, sql`select pg_notify(${CHANNEL}, ${payload})`);
  }
}

/** Hears what is told for the moment, in whichever process. @returns stops it */
export function hearMoments(channelId: string, hear: (moment: ChannelMoment) => void): () => void {
  const all = moments();
  all.here.on(channelId, hear);
  all.readers += 1;
  all.line ??= openNotificationLine(
    { connectionString: env().DATABASE_URL, channel: CHANNEL, name: "yingda moments" },
    { told: passOn, failed: (reason) => log().warn({ reason }, "streams hear this process only") },
  );
  let isOver = false;
  return () => {
    if (isOver) {
      return;
    }
    isOver = true;
    all.here.off(channelId, hear);
    all.readers -= 1;
    if (all.readers === 0) {
      void all.line?.stop();
      delete all.line;
    }
  };
}
