import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { guardedFetch, isPrivateAddress } from "./guarded-fetch";

const MEBIBYTE = 1024 * 1024;
let seen: string[];

const answers: Record<string, RequestListener> = {
  "/plain": (request, response) => {
    response.setHeader("x-method", request.method ?? "");
    request.pipe(response);
  },
  "/redirect": (_, response) => void response.writeHead(302, { location: "/plain" }).end(),
  "/redirect-inside": (_, response) =>
    void response.writeHead(302, { location: "http://169.254.169.254/latest/meta-data" }).end(),
  "/large": (_, response) => void response.end(Buffer.alloc(5 * MEBIBYTE)),
  "/too-large": (_, response) => void response.end(Buffer.alloc(5 * MEBIBYTE + 1)),
  "/endless": (_, response) => {
    const chunk = Buffer.alloc(64 * 1024);
    const push = () => {
      while (!response.destroyed && response.write(chunk)) {
        // Until the other side has had enough.
      }
    };
    response.on("drain", push);
    push();
  },
  "/silent": () => undefined,
  "/cut": (_, response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write("half", () => response.destroy());
  },
  "/empty": (_, response) => void response.writeHead(204).end(),
};

let server: Server;
let port: number;
let allowed: string;
let forbidden: string;

async function listen(): Promise<Server> {
  const started = createServer((request, response) => {
    seen.push(request.url ?? "");
    answers[request.url ?? ""]?.(request, response);
  });
  await new Promise<void>((done) => started.listen(0, "127.0.0.1", done));
  return started;
}

beforeAll(async () => {
  seen = [];
  server = await listen();
  port = (server.address() as AddressInfo).port;
  allowed = `http://127.0.0.1:${port}`;
  forbidden = `http://localhost:${port}`;
  vi.stubEnv("OUTGOING_ALLOW_HOSTS", `intranet.example, 127.0.0.1:${port}`);
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const get = (address: string, init: RequestInit = {}) =>
  guardedFetch(address, { signal: AbortSignal.timeout(30_000), ...init });

describe("private addresses (T56)", () => {
  it.each([
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.192",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
    "::ffff:10.0.0.1",
    "::ffff:a9fe:a9fe",
    "::127.0.0.1",
    "::7f00:1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::a00:1",
    "2002:7f00:1::",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
  ])("%s is one", (address) => {
    expect(isPrivateAddress(address)).toBe(true);
  });

  it.each([
    "1.1.1.1",
    "8.8.8.8",
    "100.63.255.255",
    "172.15.0.1",
    "172.32.0.1",
    "193.168.1.1",
    "2606:4700::1111",
    "::ffff:8.8.8.8",
  ])("%s is none", (address) => {
    expect(isPrivateAddress(address)).toBe(false);
  });
});

describe("a request to an address that a person typed (T56)", () => {
  it.each([
    ["the host's own name", () => forbidden],
    ["the name with a dot at its end", () => `http://localhost.:${port}/plain`],
    ["IPv4 in decimal", () => "http://2130706433:9/plain"],
    ["IPv4 in octal", () => "http://0177.0.0.1:9/plain"],
    ["IPv4 in hexadecimal", () => "http://0x7f.0x0.0x0.0x1:9/plain"],
    ["IPv4 in short", () => "http://127.1:9/plain"],
    ["zero", () => `http://0:${port}/plain`],
    ["all addresses", () => `http://0.0.0.0:${port}/plain`],
    ["IPv6 loopback", () => `http://[::1]:${port}/plain`],
    ["IPv4 mapped into IPv6", () => `http://[::ffff:127.0.0.1]:${port}/plain`],
    ["IPv4 inside IPv6", () => `http://[::127.0.0.1]:${port}/plain`],
    ["a cloud's metadata", () => "http://169.254.169.254/latest/meta-data"],
    ["full-width digits", () => `http://１２７.０.０.１:${port + 1}/plain`],
    ["a name before the address", () => `http://user:pass@0.0.0.0:${port}/plain`],
    ["the allowed host on another port", () => "http://127.0.0.1:9/plain"],
  ])("is refused for %s, before anything is sent", async (_, address) => {
    const before = seen.length;
    // Some resolvers do not know a name with a dot at its end; not finding it is as good.
    await expect(get(address())).rejects.toMatchObject({ code: expect.stringMatching(/^(EACCES|ENOTFOUND)$/) });
    expect(seen).toHaveLength(before);
  });

  it.each(["file:///etc/passwd", "gopher://127.0.0.1/", "ftp://example.com/", "data:text/plain,hi"])(
    "is refused for %s",
    async (address) => {
      await expect(get(address)).rejects.toMatchObject({ code: "EACCES" });
    },
  );

  it("is refused, not thrown, for what is no address", async () => {
    await expect(get("no address")).rejects.toThrow(/Invalid URL/);
  });

  it("goes to a host that the operator allowed, with method, headers and body", async () => {
    const response = await get(`${allowed}/plain`, { method: "POST", body: "你好", headers: { "x-a": "b" } });
    expect([response.status, response.headers.get("x-method"), await response.text()]).toEqual([200, "POST", "你好"]);
    expect((await get(`${allowed}/empty`)).status).toBe(204);
  });

  it("follows no redirect, neither to itself nor inside", async () => {
    const before = seen.length;
    for (const path of ["/redirect", "/redirect-inside"]) {
      expect((await get(`${allowed}${path}`)).status).toBe(302);
    }
    expect(seen.slice(before)).toEqual(["/redirect", "/redirect-inside"]);
  });

  it("reads five megabytes and refuses more, also from one that never ends", async () => {
    expect((await (await get(`${allowed}/large`)).arrayBuffer()).byteLength).toBe(5 * MEBIBYTE);
    await expect(get(`${allowed}/too-large`)).rejects.toThrow("response too large");
    await expect(get(`${allowed}/endless`)).rejects.toThrow("response too large");
  });

  it("ends when its time is over, and when the other side hangs up", async () => {
    await expect(get(`${allowed}/silent`, { signal: AbortSignal.timeout(100) })).rejects.toMatchObject({
      name: expect.stringMatching(/AbortError|TimeoutError/),
    });
    await expect(get(`${allowed}/cut`)).rejects.toThrow();
  });
});
