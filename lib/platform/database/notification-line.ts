import { Client } from "pg";

const AGAIN_MS = 1_000;

export interface NotificationLine {
  /** Resolves when it hears, or when the first try failed. */
  readonly ready: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Hears what any process tells by NOTIFY, on a connection of its own; one that is lost is made again, a second later.
 *
 * @param on.told with each notification's payload
 * @param on.hears whether notifications arrive now; told at each change, `false` when it stops
 * @param on.failed told when the connection is lost or cannot be made
 */
export function openNotificationLine(
  to: { readonly connectionString: string; readonly channel: string; readonly name: string },
  on: {
    readonly told: (payload: string) => void;
    readonly hears?: (now: boolean) => void;
    readonly failed: (reason: string) => void;
  },
): NotificationLine {
  let client: Client | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  function lost(reason: string, which: Client): void {
    if (which !== client || stopped) {
      return;
    }
    client = undefined;
    on.hears?.(false);
    on.failed(reason);
    void which.end().catch(() => undefined);
    timer = setTimeout(() => void connect(), AGAIN_MS);
    timer.unref();
  }

  async function connect(): Promise<void> {
    const { connectionString, channel, name } = to;
    const mine = new Client({ connectionString, application_name: name, keepAlive: true });
    client = mine;
    mine.on("error", (error) => lost(error.message, mine));
    mine.on("end", () => lost("the connection ended", mine));
    mine.on("notification", ({ payload }) => on.told(payload ?? ""));
    try {
      await mine.connect();
      await mine.query(`listen ${mine.escapeIdentifier(channel)}`);
      if (mine === client && !stopped) {
        on.hears?.(true);
      }
    } catch (error) {
      lost(String(error), mine);
    }
  }

  return {
    ready: connect(),
    async stop() {
      stopped = true;
      clearTimeout(timer);
      on.hears?.(false);
      await client?.end().catch(() => undefined);
    },
  };
}
