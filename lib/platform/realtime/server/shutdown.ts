import { setTimeout as delay } from "node:timers/promises";
import type { WebSocket } from "ws";
import { CLOSE_CODE } from "./close-code";

export interface ShutdownOptions {
  /** 4200: clients come back at once. 4100: they come back after a second, kinder to a server under load. */
  readonly code: typeof CLOSE_CODE.reconnect | typeof CLOSE_CODE.overCapacity;
  /** Time over which the closing is spread evenly, so that the clients do not all come back in one moment. */
  readonly spreadMilliseconds: number;
  /** How long clients have for their half of the closing handshake before they are cut off. */
  readonly patienceMilliseconds: number;
}

const DEFAULTS: ShutdownOptions = { code: CLOSE_CODE.reconnect, spreadMilliseconds: 0, patienceMilliseconds: 1_000 };
const SLICES = 20;

/** Sends every socket away and returns when all of them are gone, at the latest after spread and patience. */
export async function closeAll(clients: ReadonlySet<WebSocket>, options: Partial<ShutdownOptions> = {}): Promise<void> {
  const { code, spreadMilliseconds, patienceMilliseconds } = { ...DEFAULTS, ...options };
  const all = [...clients];
  const gone = Promise.all(all.map((client) => new Promise((resolve) => client.once("close", resolve))));
  const perSlice = spreadMilliseconds > 0 ? Math.ceil(all.length / SLICES) : all.length;
  for (let start = 0; start < all.length; start += perSlice) {
    if (start > 0) {
      await delay(spreadMilliseconds / SLICES);
    }
    for (const client of all.slice(start, start + perSlice)) {
      client.close(code, "Server restarting");
    }
  }
  const patience = new AbortController();
  const late = delay(patienceMilliseconds, undefined, { signal: patience.signal }).catch(() => undefined);
  await Promise.race([gone, late]);
  patience.abort();
  for (const client of clients) {
    client.terminate();
  }
}
