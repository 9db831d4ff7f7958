import { createServer, request as httpRequest, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isOwnTarget, refuseHostile } from "./request-guard";

function describeHeaders(headers: IncomingHttpHeaders): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join(" ");
}

describe("request targets", () => {
  it.each(["/", "/chat?x=1", "/chat?x=%", "/a//b", "/%2e%2e/x", "/%E5%AE%A2"])("accepts the path %s", (target) => {
    expect(isOwnTarget(target)).toBe(true);
  });

  it.each(["http://example.com/", "//example.com", "/\\example.com", "example.com:80", "*", "", undefined])(
    "refuses %s, which names another place",
    (target) => {
      expect(isOwnTarget(target)).toBe(false);
    },
  );

  it.each(["/%", "/%ff", "/admin/%E0%A4%A", "/x%zz"])("refuses %s, which encodes nothing", (target) => {
    expect(isOwnTarget(target)).toBe(false);
  });
});

describe("the guard before every handler", () => {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    if (!refuseHostile(request, response)) {
      seen.push(describeHeaders(request.headers));
      response.end("ok");
    }
  });
  let port = 0;

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => server.close());

  it("answers an absolute-form target with 400 and closes the connection", async () => {
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(port, "127.0.0.1", () =>
        socket.write("GET http://example.com/ HTTP/1.1\r\nhost: a\r\n\r\n"),
      );
      let text = "";
      socket.on("data", (chunk) => {
        text += chunk;
      });
      socket.on("close", () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(seen).toEqual([]);
  });

  it("removes headers that would steer the framework from inside, and a claimed address", async () => {
    await new Promise<void>((resolve, reject) => {
      const headers = {
        "x-middleware-subrequest": "middleware",
        "X-Invoke-Path": "/admin",
        "x-request-id": "r1",
        host: "127.0.0.1",
        "x-yingda-client-ip": "10.0.0.1",
      };
      httpRequest({ port, host: "127.0.0.1", headers }, (response) => response.resume().on("end", resolve))
        .on("error", reject)
        .end();
    });
    expect(seen).toEqual(["connection=keep-alive host=127.0.0.1 x-request-id=r1 x-yingda-client-ip=127.0.0.1"]);
  });
});
