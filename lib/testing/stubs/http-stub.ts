import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface HttpStub {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  stop(): Promise<void>;
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** A real server on 127.0.0.1 whose answers `handle` writes; a throw breaks the connection. @param port 0: any that is free */
export async function startHttpStub(
  handle: (request: IncomingMessage, body: string, response: ServerResponse) => void | Promise<void>,
  port = 0,
): Promise<HttpStub> {
  const server = createServer((request, response) => {
    read(request)
      .then((body) => handle(request, body, response))
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Writes bytes in pieces of a few, so that characters and lines are torn apart; each piece is a write of its own. */
export async function writeTorn(response: ServerResponse, text: string, size = 3): Promise<void> {
  const bytes = Buffer.from(text, "utf8");
  for (let start = 0; start < bytes.length; start += size) {
    await new Promise<void>((written) => response.write(bytes.subarray(start, start + size), () => written()));
  }
}
