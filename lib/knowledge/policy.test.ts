import { describe, expect, it } from "vitest";
import { isUnlimited, isVisible, lesser, limitsOf, mayPublish } from "./policy";

const noon = Date.UTC(2026, 0, 1, 12);
const reader = { audience: "everyone", channelId: "chn_web", at: noon } as const;

describe("who is told an entry", () => {
  it.each([
    [{}, true],
    [{ validFrom: noon }, true],
    [{ validFrom: noon + 1 }, false],
    [{ validUntil: noon + 1 }, true],
    [{ validUntil: noon }, false],
    [{ channelIds: ["chn_web"] }, true],
    [{ channelIds: ["chn_wechat"] }, false],
    [{ audience: "customers" as const }, false],
    [{ audience: "agents" as const }, false],
  ])("%o to a stranger in a channel: %s", (limits, visible) => {
    expect(isVisible(limitsOf(limits), reader)).toBe(visible);
    expect(isUnlimited(limitsOf(limits))).toBe(Object.keys(limits).length === 0);
  });

  it("signed-in customers are told more, agents most, and time binds them all", () => {
    const customers = limitsOf({ audience: "customers" });
    expect(isVisible(customers, { ...reader, audience: "customers" })).toBe(true);
    expect(isVisible(limitsOf({ audience: "agents" }), { ...reader, audience: "customers" })).toBe(false);
    const agent = { audience: "agents", channelId: null, at: noon } as const;
    expect(isVisible(limitsOf({ audience: "agents", channelIds: ["chn_wechat"] }), agent)).toBe(true);
    expect(isVisible(limitsOf({ validUntil: noon }), agent)).toBe(false);
  });

  it("somebody in no channel is told only what is told in all", () => {
    expect(isVisible(limitsOf({ channelIds: ["chn_web"] }), { ...reader, channelId: null })).toBe(false);
  });

  it("nobody looks as somebody who may know more", () => {
    expect(lesser("agents", "everyone")).toBe("everyone");
    expect(lesser("everyone", "agents")).toBe("everyone");
    expect(lesser("customers", undefined)).toBe("customers");
  });
});

it("a key publishes by its scope, an agent by their role", () => {
  const key = (scopes: string[]) => ({ kind: "key", keyId: "k", merchantId: "m", scopes, name: "ERP" }) as const;
  expect([["*"], ["knowledge.write"], ["knowledge.draft"]].map((scopes) => mayPublish(key(scopes)))).toEqual([
    true,
    true,
    false,
  ]);
  const agent = { kind: "agent", userId: "u", agentId: "a", merchantId: "m", name: "小林" } as const;
  expect(mayPublish({ ...agent, role: "supervisor" })).toBe(true);
  expect(mayPublish({ ...agent, role: "agent" })).toBe(false);
});
