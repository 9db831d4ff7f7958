import { afterEach, describe, expect, it, vi } from "vitest";

async function addressSeen(trustProxy: string, headers: Record<string, string>): Promise<string | null> {
  vi.stubEnv("TRUST_PROXY", trustProxy);
  // The environment is read once a process; each case is a process of its own.
  vi.resetModules();
  const { clientIp } = await import("./client-ip");
  return clientIp(new Headers(headers));
}

describe("the caller's address (T44)", () => {
  afterEach(() => vi.unstubAllEnvs());
  const claimed = { "x-forwarded-for": "203.0.113.1, 203.0.113.2", "x-yingda-client-ip": "198.51.100.4" };

  it("is the connection's, whatever the request says of itself", async () => {
    expect(await addressSeen("", claimed)).toBe("198.51.100.4");
    expect(await addressSeen("0", claimed)).toBe("198.51.100.4");
    expect(await addressSeen("", { "x-real-ip": "203.0.113.1", forwarded: "for=203.0.113.1" })).toBeNull();
  });

  it("is what a trusted proxy wrote last, never what the caller wrote before it", async () => {
    expect(await addressSeen("1", claimed)).toBe("203.0.113.2");
    expect(await addressSeen("1", { "x-yingda-client-ip": "198.51.100.4" })).toBe("198.51.100.4");
    expect(await addressSeen("1", { ...claimed, "x-forwarded-for": " " })).toBe("198.51.100.4");
  });
});
