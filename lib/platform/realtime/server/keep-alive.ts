import { CLOSE_CODE } from "./close-code";
import type { Connection } from "./connection";
import type { RealtimeHub } from "./hub";

const LONGEST_SWEEP_MILLISECONDS = 10_000;

export interface KeepAliveOptions {
  readonly activityTimeoutSeconds: number;
  readonly pongTimeoutSeconds: number;
}

function check(hub: RealtimeHub, connection: Connection, options: KeepAliveOptions, now: number): void {
  const silentSeconds = (now - connection.lastSeen) / 1_000;
  if (silentSeconds < options.activityTimeoutSeconds) {
    return;
  }
  if (!connection.awaitingPong) {
    connection.ping();
    return;
  }
  if (silentSeconds >= options.activityTimeoutSeconds + options.pongTimeoutSeconds) {
    connection.close(CLOSE_CODE.pongMissing, "Pong reply not received in time");
    hub.remove(connection);
  }
}

/**
 * Finds half-open sockets: after a silence every socket is asked with a WebSocket ping, which browsers answer by
 * themselves, and one that gives no sign of life is closed with 4201 (protocols/07, section 7.3). One timer for all.
 *
 * @returns a function that stops it
 */
export function startKeepAlive(hub: RealtimeHub, options: KeepAliveOptions): () => void {
  const shortest = Math.min(options.activityTimeoutSeconds, options.pongTimeoutSeconds) * 1_000;
  const timer = setInterval(
    () => {
      const now = performance.now();
      for (const connection of hub.connections()) {
        check(hub, connection, options, now);
      }
    },
    Math.min(LONGEST_SWEEP_MILLISECONDS, shortest / 4),
  );
  timer.unref();
  return () => clearInterval(timer);
}
