import { Client } from "pg";
import { forgetRights, hearRevocations } from "@/lib/platform/revocable-cache";

/** What the triggers of migration 0033 call when a session, a role, a key or a merchant ends. */
const CHANNEL = "yingda_revoked";
const AGAIN_MS = 1_000;

/**
 * Makes this process hear at once when a right ends, whichever process (or hand at a psql prompt) ended it. While the
 * connection is down nothing is remembered, so nothing can be outdated.
 *
 * @param onError told when the connection is lost or cannot be made; it is tried again every second
 * @returns resolves `ready` once it hears
 */
export function listenForRevocations(
  connectionString: string,
  onError: (reason: string) => void,
): { readonly ready: Promise<void>; stop(): Promise<void> } {
  let client: Client | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  function lost(reason: string, which: Client): void {
    if (which !== client || stopped) {
      return;
    }
    client = undefined;
    hearRevocations(false);
    onError(reason);
    void which.end().catch(() => undefined);
    timer = setTimeout(() => void connect(), AGAIN_MS);
    timer.unref();
  }

  async function connect(): Promise<void> {
    const mine = new Client({ connectionString, application_name: "yingda revocations", keepAlive: true });
    client = mine;
    mine.on("error", (error) => lost(error.message, mine));
    mine.on("end", () => lost("the connection ended", mine));
    mine.on("notification", forgetRights);
    try {
      await mine.connect();
      await mine.query(`listen ${CHANNEL}`);
      if (mine === client) {
        hearRevocations(true);
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
      hearRevocations(false);
      await client?.end().catch(() => undefined);
    },
  };
}
