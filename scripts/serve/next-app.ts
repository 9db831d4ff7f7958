import { createServer, type IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import next from "next";

/**
 * Next in this process, for everything that the server does not answer itself.
 *
 * @param options `dev` runs Next's compiler and takes its hot-reload sockets
 */
export async function startNext(options: { dev: boolean; host: string; port: number }) {
  // Left alone, Next hangs its own upgrade listener on our server at the first request and would open connections to
  // wherever a WebSocket request points (CVE-2026-44578). This server never listens: that listener hears only what we
  // choose to tell it.
  const httpServer = createServer();
  const app = next({ dev: options.dev, dir: process.cwd(), hostname: options.host, port: options.port, httpServer });
  await app.prepare();
  return {
    handle: app.getRequestHandler(),
    /**
     * Only in development: Next's hot-reload socket, without which its pages never come alive. `getUpgradeHandler()` is
     * that of the inner renderer and does nothing, so we play the upgrade to the server that Next listens on.
     */
    upgrade: options.dev
      ? (request: IncomingMessage, socket: Duplex, head: Buffer) =>
          void httpServer.emit("upgrade", request, socket, head)
      : undefined,
    close: () => app.close(),
  };
}
