import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A merchant's site of its own, on another origin than the app. */
export interface HostSite {
  readonly origin: string;
  stop(): Promise<void>;
}

/**
 * @param page body and policy of each path
 * @param name `127.0.0.1`: another site than the app, whose frames a browser may keep from storing anything; `localhost`:
 * another origin of the same site
 */
export async function startHostSite(
  page: (path: string) => { readonly body: string; readonly policy?: string },
  name: "127.0.0.1" | "localhost" = "127.0.0.1",
): Promise<HostSite> {
  const server: Server = createServer((request, response) => {
    const { body, policy } = page(new URL(request.url ?? "/", "http://host").pathname);
    response.writeHead(200, {
      "content-type": "text/html; charset=utf-8",
      ...(policy && { "content-security-policy": policy }),
    });
    response.end(
      `<!doctype html><html lang="en"><head><title>Shop</title><link rel="icon" href="data:,"></head>${body}`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://${name}:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
