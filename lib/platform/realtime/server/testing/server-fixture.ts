import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Pusher from "pusher";
import { attachRealtime, type Realtime, type RealtimeOptions } from "../attach";

/** The key pair of the published vectors (protocols/07). */
export const APP = { appId: "3", key: "278d425bdf160c739803", secret: "7ad3773142a6692b25b8" };

export interface TestServer {
  readonly port: number;
  readonly realtime: Realtime;
  /** The official server library, pointed at this server. */
  readonly pusher: Pusher;
  /** Faults reported to `onError`. */
  readonly faults: unknown[];
  readonly stop: () => Promise<void>;
}

/** A real HTTP server on a free port of 127.0.0.1 with the realtime server attached. */
export async function startServer(options: Partial<RealtimeOptions> = {}): Promise<TestServer> {
  const faults: unknown[] = [];
  const server = createServer(async (request, response) => {
    if (!(await realtime.handleRealtimeHttp(request, response))) {
      response.writeHead(418).end();
    }
  });
  const realtime = attachRealtime(server, {
    ...APP,
    allowOrigin: () => true,
    onError: (error) => faults.push(error),
    ...options,
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const pusher = new Pusher({
    ...APP,
    host: "127.0.0.1",
    port: String(port),
    useTLS: false,
    encryptionMasterKeyBase64: Buffer.from("0123456789abcdef0123456789abcdef").toString("base64"),
  });
  const stop = async (): Promise<void> => {
    await realtime.close();
    server.closeAllConnections();
    server.close();
  };
  return { port, realtime, pusher, faults, stop };
}
