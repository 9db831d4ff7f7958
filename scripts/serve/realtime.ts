import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { env } from "@/lib/platform/env/env";
import { log } from "@/lib/platform/log/log";
import { usesHostedRealtime } from "@/lib/platform/realtime/publish";
import { attachRealtime } from "@/lib/platform/realtime/server/attach";
import { installRealtimeHub } from "@/lib/platform/realtime/server/hub-singleton";
import { isOwnTarget } from "./request-guard";

type UpgradeHandler = Parameters<typeof attachRealtime>[1]["otherUpgrade"];

export interface RealtimePart {
  handle(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * The embedded realtime server on this HTTP server, or nothing when a hosted one is configured. Either way every
 * upgrade that is nobody's is hung up on.
 *
 * @param otherUpgrade takes the development server's own sockets
 */
export function startRealtime(server: Server, otherUpgrade: UpgradeHandler): RealtimePart {
  const refuse: UpgradeHandler = (request, socket, head) => {
    if (otherUpgrade && isOwnTarget(request.url) && request.url?.startsWith("/_next/")) {
      otherUpgrade(request, socket, head);
    } else {
      socket.destroy();
    }
  };
  if (usesHostedRealtime()) {
    server.on("upgrade", refuse);
    return { handle: async () => false, close: async () => undefined };
  }
  const { REALTIME_APP_ID, REALTIME_KEY, REALTIME_SECRET } = env();
  const realtime = attachRealtime(server, {
    appId: REALTIME_APP_ID,
    key: REALTIME_KEY,
    secret: REALTIME_SECRET,
    allowOrigin: isOwnOrigin,
    otherUpgrade: refuse,
    clientAddress,
    onError: (error) => log().warn({ err: error }, "realtime"),
  });
  installRealtimeHub(realtime.hub);
  return {
    handle: realtime.handleRealtimeHttp,
    close: async () => {
      installRealtimeHub(undefined);
      await realtime.close();
    },
  };
}

const loopback = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Our own pages may connect (the widget is one of them, in a frame), and programs that are no browser. Other people's
 * pages may not.
 */
export function isOwnOrigin(origin: string | undefined): boolean {
  if (origin === undefined) {
    return true;
  }
  if (!URL.canParse(origin)) {
    return false;
  }
  const own = new URL(env().YINGDA_URL);
  const other = new URL(origin);
  return other.origin === own.origin || (loopback.has(own.hostname) && loopback.has(other.hostname));
}

/** Behind a proxy that we were told to believe, the address it saw; else the other end of the connection. */
function clientAddress(request: IncomingMessage): string {
  const forwarded = env().TRUST_PROXY ? request.headers["x-forwarded-for"] : undefined;
  const last = forwarded?.toString().split(",").at(-1)?.trim();
  return last || (request.socket.remoteAddress ?? "");
}
