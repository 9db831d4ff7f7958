import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, it } from "vitest";
import { contentSecurityPolicy, TOAST_STYLE_HASH } from "./content-security-policy";

const base = { nonce: "abc", development: false, secure: false, frameAncestors: ["'self'"] };

it("lets no inline script run without the nonce", () => {
  const policy = contentSecurityPolicy(base);
  expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';");
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  expect(policy).not.toMatch(/style-src-elem[^;]*unsafe/);
});

it("names who may frame the page and upgrades only what came over https", () => {
  expect(contentSecurityPolicy(base)).toMatch(/frame-ancestors 'self'$/);
  expect(contentSecurityPolicy({ ...base, secure: true })).toMatch(/upgrade-insecure-requests$/);
});

it("knows the style sheet that the installed sonner inserts", () => {
  const path = createRequire(import.meta.url).resolve("sonner");
  const call = /__insertCSS\(("(?:[^"\\]|\\.)*")\)/.exec(readFileSync(path, "utf8"));
  const text = JSON.parse(call?.[1] ?? '""') as string;
  expect(text.length).toBeGreaterThan(1_000);
  expect(TOAST_STYLE_HASH).toBe(`sha256-${createHash("sha256").update(text).digest("base64")}`);
});
