import { Agent, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { closeHttpServer, within } from "./graceful";

async function startServer(answer: (end: () => void) => void) {
  const server = createServer((_request, response) => answer(() => response.end("done")));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

function get(port: number, agent?: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    request({ port, host: "127.0.0.1", agent }, (response) => {
      let text = "";
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => resolve(text));
      response.on("error", reject);
    })
      .on("error", reject)
      .end();
  });
}

describe("stopping the HTTP server", () => {
  it("finishes a request in flight on a kept-alive connection and cuts nothing", async () => {
    let finish: (() => void) | undefined;
    let arrived: () => void = () => undefined;
    const arrival = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const { server, port } = await startServer((end) => {
      finish = end;
      arrived();
    });
    const agent = new Agent({ keepAlive: true });
    const answer = get(port, agent);
    await arrival;
    const closed = closeHttpServer(server, 5_000);
    finish?.();
    expect(await answer).toBe("done");
    expect(await closed).toBe(0);
    agent.destroy();
  });

  it("cuts a request that does not end within the grace period", async () => {
    let arrived: () => void = () => undefined;
    const arrival = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const { server, port } = await startServer(() => arrived());
    const answer = get(port).catch((error: NodeJS.ErrnoException) => error.code);
    await arrival;
    expect(await closeHttpServer(server, 50)).toBe(1);
    expect(await answer).toBe("ECONNRESET");
  });

  it("takes no new connection once it is stopping", async () => {
    const { server, port } = await startServer((end) => end());
    await closeHttpServer(server, 1_000);
    expect(await get(port).catch((error: NodeJS.ErrnoException) => error.code)).toBe("ECONNREFUSED");
  });

  it("does not wait for a part that hangs or fails", async () => {
    expect(await within(20, new Promise(() => undefined))).toBe(false);
    expect(await within(1_000, Promise.reject(new Error("part failed")))).toBe(true);
  });
});
