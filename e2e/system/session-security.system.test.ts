import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answersFor, guardedPages, PAGE_DOORS, type Role } from "./page-doors";
import { rawRequest } from "./raw-request";
import { newDataDirectory, type RunningApp, removeDataDirectory, startApp } from "./running-app";
import { type Account, cookiesOf, demoAccounts, signIn, submitSignIn } from "./signed-in";

const PAGES = ["/desk", "/admin", "/admin/agents", "/admin/knowledge", "/admin/audit"];
/** Headers by which a request may claim that it was checked already, or that it wants a part of a page only. */
const SHORT_CUTS: readonly Record<string, string>[] = [
  {},
  { "x-middleware-subrequest": "middleware" },
  { "x-middleware-subrequest": "src/middleware:src/middleware:src/middleware:src/middleware:src/middleware" },
  { "x-middleware-subrequest": "middleware:middleware:middleware:middleware:middleware" },
  { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" },
  { "x-middleware-subrequest": "pages/_middleware" },
  { "x-middleware-subrequest-id": "0000000000000000" },
  { "x-middleware-rewrite": "/admin" },
  { "x-middleware-next": "1" },
  { "x-middleware-override-headers": "x-user", "x-middleware-request-x-user": "admin" },
  { "x-invoke-path": "/admin", "x-invoke-status": "200" },
  { "x-matched-path": "/admin" },
  { "x-nextjs-data": "1" },
  { "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" },
  { "x-original-url": "/admin", "x-rewrite-url": "/admin" },
  { rsc: "1" },
  { rsc: "1", "next-router-prefetch": "1" },
  { rsc: "1", "next-router-prefetch": "1", "next-router-segment-prefetch": "/_tree" },
  { rsc: "1", "next-router-segment-prefetch": "/_full" },
  { rsc: "1", "next-router-state-tree": encodeURIComponent('["",{"children":["__PAGE__",{}]},null,"refetch"]') },
  { purpose: "prefetch" },
  { "x-user-id": "usr_1", "x-role": "admin", authorization: "Bearer null" },
];

describe("sessions and protected pages over real HTTP", () => {
  let dataDirectory: string;
  let app: RunningApp;
  let port: number;
  let admin: Account;
  let session: string;
  /** Words that only those who are signed in may read; that they do read them is checked first. */
  let secrets: string[];
  let bait: Server;
  let connections = 0;

  beforeAll(async () => {
    dataDirectory = newDataDirectory();
    app = await startApp(dataDirectory, { port: 4850 });
    port = Number(new URL(app.url).port);
    const accounts = demoAccounts(app);
    admin = accounts.admin;
    secrets = [admin.email, ...accounts.agents.map(({ email }) => email)];
    session = await signIn(app, admin);
    bait = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => bait.listen(0, "127.0.0.1", resolve));
  });
  afterAll(async () => {
    bait?.close();
    await app?.stop();
    removeDataDirectory(dataDirectory);
  });

  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${app.url}${path}`, { headers, redirect: "manual" });
  /** Next sends a request for a page's data to the same page with a checksum first. */
  async function arrive(path: string, headers: Record<string, string>): Promise<Response> {
    const response = await get(path, headers);
    const location = response.headers.get("location") ?? "";
    return /^\/(desk|admin)[^?]*\?_rsc/.test(location) ? await get(location, headers) : response;
  }
  function expectNothingProtected(text: string, name: string): void {
    expect(
      secrets.filter((secret) => text.includes(secret)),
      name,
    ).toEqual([]);
  }

  describe("pages (T47)", () => {
    it("show an administrator what they are for", async () => {
      for (const path of PAGES) {
        expect((await get(path, { cookie: session })).status, path).toBe(200);
      }
      const agents = await (await get("/admin/agents", { cookie: session })).text();
      expect(secrets.some((secret) => agents.includes(secret))).toBe(true);
    });

    it.each(PAGES)("%s sends who is not signed in to the login page, and nothing else along", async (path) => {
      for (const headers of SHORT_CUTS) {
        for (const address of [path, `${path}?_rsc=abcde`]) {
          const response = await arrive(address, headers);
          const name = `${address} ${JSON.stringify(headers)}`;
          const body = await response.text();
          expect(response.status, name).toBeLessThan(500);
          expectNothingProtected(body, name);
          // A prefetch of a page that cannot be known beforehand is answered with the tree of routes alone.
          const treeOnly = "next-router-prefetch" in headers || "next-router-segment-prefetch" in headers;
          expect(treeOnly ? body.length < 1_000 || /\/login/.test(body) : true, name).toBe(true);
          expect(treeOnly || /\/login/.test(`${response.headers.get("location")} ${body}`), name).toBe(true);
        }
      }
    });

    it("stay closed however the address is written", async () => {
      for (const target of [
        "//admin/agents",
        "///admin/agents",
        "/%2e/admin/agents",
        "/./admin/agents",
        "/chat/../admin/agents",
        "/chat/%2e%2e/admin/agents",
        "/admin/agents/.",
        "/%61dmin/agents",
        "/admin%2fagents",
        "/admin//agents",
        "/admin/agents/",
        "/admin/agents;x=1",
        "/admin/agents%00",
        "/admin/agents%20",
        "/ADMIN/agents",
        "/admin\\agents",
        "/_next/../admin/agents",
        "/_next/static/../../admin/agents",
        "/_next/data/build/admin/agents.json",
        "/admin/agents.rsc",
        "/admin/agents.json",
        "/admin/agents.segments/_tree.segment.rsc",
        "/admin/agents.segments/_full.segment.rsc",
        "/(admin)/admin/agents",
        "/%",
        "/%ff%fe",
        "/?__nextLocale=en&nxtPid=1",
        `http://localhost:${port}/admin/agents`,
        "http://evil.example/admin/agents",
        "admin/agents",
      ]) {
        const { status, text } = await rawRequest(
          port,
          `GET ${target} HTTP/1.1\r\nhost: localhost:${port}\r\nconnection: close\r\n\r\n`,
        );
        expect(status, target).toBeGreaterThan(0);
        expect(status, target).toBeLessThan(500);
        expectNothingProtected(text, target);
      }
    });

    it("are each open to the roles of the table and to nobody else (T37)", async () => {
      expect(guardedPages()).toEqual(Object.keys(PAGE_DOORS).sort());
      const cookies = new Map<Role, string>([["admin", session]]);
      for (const role of ["agent", "supervisor"] as const) {
        const account = { email: `${role}@doors.example`, password: "a long enough password" };
        const made = await fetch(`${app.url}/api/v1/agents`, {
          method: "POST",
          headers: { "content-type": "application/json", cookie: session, origin: app.url },
          body: JSON.stringify({ ...account, name: role, role }),
        });
        expect(made.status).toBe(201);
        cookies.set(role, await signIn(app, account));
      }
      const wrong: string[] = [];
      for (const address of guardedPages()) {
        const path = address.replace(/\[\w+\]/, "nobodys");
        const open = await get(path);
        if (open.status !== 307 || !/\/login/.test(open.headers.get("location") ?? "")) {
          wrong.push(`${address}, nobody: ${open.status}`);
        }
        for (const [role, cookie] of cookies) {
          const { status } = await get(path, { cookie });
          if (!answersFor(address, role).includes(status)) {
            wrong.push(`${address}, ${role}: ${status}`);
          }
        }
      }
      expect(wrong).toEqual([]);
    }, 60_000);
  });

  describe("other places", () => {
    it("are never reached through us", async () => {
      const target = `127.0.0.1:${(bait.address() as AddressInfo).port}`;
      const upgrade =
        "connection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==";
      for (const request of [
        `GET http://${target}/ HTTP/1.1\r\nhost: ${target}\r\nconnection: close`,
        `GET http://${target}/ HTTP/1.1\r\nhost: localhost:${port}\r\n${upgrade}`,
        `GET /admin HTTP/1.1\r\nhost: ${target}\r\n${upgrade}`,
        `GET //${target}/x HTTP/1.1\r\nhost: ${target}\r\n${upgrade}`,
        `GET /_next/webpack-hmr HTTP/1.1\r\nhost: ${target}\r\n${upgrade}`,
        `GET /\\\\${target}/ HTTP/1.1\r\nhost: localhost:${port}\r\nconnection: close`,
        `CONNECT ${target} HTTP/1.1\r\nhost: ${target}`,
        `GET /_next/image?url=http%3A%2F%2F${target}%2Fa.png&w=64&q=75 HTTP/1.1\r\nhost: localhost:${port}\r\nconnection: close`,
        `GET /login?callbackUrl=http://${target}/ HTTP/1.1\r\nhost: ${target}\r\nx-forwarded-host: ${target}\r\nconnection: close`,
        `POST /desk HTTP/1.1\r\nhost: ${target}\r\norigin: http://${target}\r\nnext-action: 00\r\ncontent-length: 2\r\nconnection: close\r\n\r\n[]`,
      ]) {
        const { status } = await rawRequest(port, request.includes("\r\n\r\n") ? request : `${request}\r\n\r\n`);
        expect(status, request.split("\r\n", 1)[0]).not.toBe(101);
        expect(status, request.split("\r\n", 1)[0]).toBeLessThan(500);
      }
      expect(connections).toBe(0);
    });

    it("cannot be reached by holes of Next that are closed in the version we lock", () => {
      const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
        packages: Record<string, { version?: string }>;
      };
      const [major = 0, minor = 0, patch = 0] = (lock.packages["node_modules/next"]?.version ?? "")
        .split(".")
        .map(Number);
      expect(major * 1_000_000 + minor * 1_000 + patch).toBeGreaterThanOrEqual(16_002_006);
    });
  });

  describe("signing in (T45)", () => {
    const sessionCookieOf = (response: Response) =>
      response.headers.getSetCookie().find((cookie) => cookie.startsWith("yingda.session="));

    it("sets a cookie that scripts cannot read and other sites do not send along", async () => {
      const cookie = sessionCookieOf(await submitSignIn(app, admin)) ?? "";
      expect(cookie).toMatch(/; ?path=\/(;|$)/i);
      expect(cookie).toMatch(/; ?httponly/i);
      expect(cookie).toMatch(/; ?samesite=lax/i);
      expect(cookie).not.toMatch(/; ?domain=/i);
    });

    it("makes a new session, whatever session the browser was given before", async () => {
      const planted = await signIn(app, admin);
      const fresh = cookiesOf(await submitSignIn(app, admin, { cookie: planted }));
      expect(fresh.find((cookie) => cookie.startsWith("yingda.session="))).not.toBe(planted);
    });

    it("needs the form's own token", async () => {
      expect(sessionCookieOf(await submitSignIn(app, admin, { csrfToken: "0".repeat(64) }))).toBeUndefined();
      expect(sessionCookieOf(await submitSignIn(app, { ...admin, password: "wrong" }))).toBeUndefined();
    });

    it("leads to no other site", async () => {
      for (const callbackUrl of ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]) {
        const response = await submitSignIn(app, admin, { callbackUrl });
        const text = `${response.headers.get("location")} ${await response.text()}`;
        expect(text, callbackUrl).not.toMatch(/"url":"(https?:)?[/\\]*evil|^(https?:)?[/\\]{2}evil|"url":"javascript/);
      }
    });
  });

  describe("changes with a session's cookie (T45)", () => {
    const change = (headers: Record<string, string>, body = JSON.stringify({ status: "away" })) =>
      fetch(`${app.url}/api/v1/me/presence`, {
        method: "PUT",
        headers: { cookie: session, "content-type": "application/json", ...headers },
        body,
      });

    it("are made for our own pages", async () => {
      expect((await change({ origin: app.url })).status).toBe(200);
      expect((await change({ origin: app.url, "sec-fetch-site": "same-origin" })).status).toBe(200);
    });

    it.each<Record<string, string>>([
      { origin: "https://evil.example" },
      { origin: "null" },
      { origin: "http://localhost.evil.example" },
      { origin: "http://localhost:1" },
      { origin: "https://evil.example", "x-forwarded-host": "evil.example" },
      { origin: "https://evil.example", "sec-fetch-site": "same-origin" },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
    ])("are refused to a page elsewhere: %j", async (headers) => {
      const response = await change(headers);
      expect(response.status).toBe(403);
      expect(await response.json()).toMatchObject({ reason: "foreign_origin", detail: expect.stringMatching(/./) });
      expect(response.headers.get("access-control-allow-origin")).toBeNull();
    });

    it.each([
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      "text/plain; application/json",
    ])("are refused as %s, which a form of another site could send", async (type) => {
      expect((await change({ origin: app.url, "content-type": type })).status).toBe(415);
    });

    it("are allowed to no other site by a preflight", async () => {
      const response = await fetch(`${app.url}/api/v1/me/presence`, {
        method: "OPTIONS",
        headers: { origin: "https://evil.example", "access-control-request-method": "PUT" },
      });
      expect(response.headers.get("access-control-allow-origin")).toBeNull();
    });
  });

  describe("headers", () => {
    it.each(["/chat", "/desk", "/admin", "/login", "/demo", "/not-there"])(
      "of %s keep other people's code out",
      async (path) => {
        for (const more of [{}, { purpose: "prefetch" }] as Record<string, string>[]) {
          const response = await get(path, { cookie: session, ...more });
          const headers = Object.fromEntries(response.headers);
          expect(headers, path).toMatchObject({
            "x-content-type-options": "nosniff",
            "referrer-policy": "strict-origin-when-cross-origin",
            "permissions-policy": expect.stringContaining("camera=()"),
          });
          expect(headers["x-powered-by"]).toBeUndefined();
          const policy = new Map(
            (headers["content-security-policy"] ?? "").split("; ").map((line) => [line.split(" ", 1)[0], line]),
          );
          expect(policy.get("script-src"), path).toMatch(/'nonce-[\w+/=]+'/);
          expect(policy.get("script-src")).not.toMatch(/unsafe|\*|https?:/);
          expect(policy.get("object-src")).toBe("object-src 'none'");
          expect(policy.get("base-uri")).toBe("base-uri 'none'");
          expect(policy.get("form-action")).toBe("form-action 'self'");
          expect(policy.get("frame-ancestors")).toBe(path === "/chat" ? "frame-ancestors *" : "frame-ancestors 'self'");
          expect(headers["cache-control"], path).toMatch(/no-store/);
        }
      },
    );

    it("carry a nonce of its own for each answer", async () => {
      const nonces = await Promise.all(
        Array.from(
          { length: 5 },
          async () => /'nonce-([^']+)'/.exec((await get("/login")).headers.get("content-security-policy") ?? "")?.[1],
        ),
      );
      expect(new Set(nonces).size).toBe(5);
    });

    it("of the API say that an answer is data, and for nobody's cache", async () => {
      for (const path of ["/api/v1/me", "/api/v1/conversations/cnv_1/messages", "/api/v1/knowledge/entries"]) {
        const response = await get(path, { cookie: session });
        expect(response.headers.get("x-content-type-options"), path).toBe("nosniff");
        expect(response.headers.get("cache-control"), path).toBe("no-store");
        expect(response.headers.get("content-type"), path).toMatch(/json/);
      }
    });
  });
});
