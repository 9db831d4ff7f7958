import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { channels } from "@/db/schema/channels";
import { auditFacets, listAudit } from "@/lib/audit/queries";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { getChannel, listChannels } from "./queries";
import { channelSecrets } from "./secret-queries";
import { rotateIdentitySecret, updateChannel } from "./service";

let desk: DeskFixture;
let admin: AgentContext;
let stranger: AgentContext;
let channelId: string;

beforeAll(async () => {
  desk = await createDeskFixture();
  const place = await desk.merchant();
  channelId = place.channelId;
  admin = await desk.agent(place.merchantId, "admin", "管理员");
  stranger = await desk.agent((await desk.merchant()).merchantId, "admin");
});

afterAll(() => desk.end());

const version = async () => (await getChannel(admin, channelId)).version;

describe("changing a channel", () => {
  it("saves what was sent, fills in defaults, and raises the version", async () => {
    const before = await version();
    const saved = await updateChannel(admin, channelId, {
      name: "官网客服",
      config: { allowedDomains: ["Shop.Example.com", "*.example.cn"], welcome: { "zh-CN": "您好" } },
      version: before,
    });
    expect(saved).toMatchObject({
      name: "官网客服",
      version: before + 1,
      config: { allowedDomains: ["shop.example.com", "*.example.cn"], position: "right", botEnabled: true },
    });
  });

  it("tells the second of two editors instead of overwriting the first (stale_version)", async () => {
    const read = await version();
    await updateChannel(admin, channelId, { name: "甲", version: read });
    await expect(updateChannel(admin, channelId, { name: "乙", version: read })).rejects.toMatchObject({
      code: "conflict",
      reason: "stale_version",
    });
    expect((await getChannel(admin, channelId)).name).toBe("甲");
  });

  it("lets exactly one of many saves of the same version through", async () => {
    const read = await version();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) =>
        updateChannel(admin, channelId, { name: `同时 ${index}`, version: read }),
      ),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await version()).toBe(read + 1);
  });

  it("names each wrong field of a configuration and saves nothing of it", async () => {
    const before = await getChannel(admin, channelId);
    const config = { allowedDomains: ["ok.example", "https://bad.example/path"], position: "middle" };
    await expect(
      updateChannel(admin, channelId, { name: "不该存", config, version: before.version }),
    ).rejects.toMatchObject({
      code: "invalid",
      options: { fields: [{ path: "config.allowedDomains.1" }, { path: "config.position" }] },
    });
    expect(await getChannel(admin, channelId)).toEqual(before);
  });

  it("does not know another merchant's channel (T39)", async () => {
    const missing = { code: "not_found", reason: "channel_not_found" };
    await expect(getChannel(stranger, channelId)).rejects.toMatchObject(missing);
    await expect(updateChannel(stranger, channelId, { name: "x", version: 1 })).rejects.toMatchObject(missing);
    await expect(rotateIdentitySecret(stranger, channelId)).rejects.toMatchObject(missing);
    expect((await listChannels(stranger)).map(({ id }) => id)).not.toContain(channelId);
  });
});

describe("the identity secret", () => {
  it("is new each time, kept sealed, and never part of what an admin reads", async () => {
    const first = await rotateIdentitySecret(admin, channelId);
    const second = await rotateIdentitySecret(admin, channelId);
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(second).not.toBe(first);
    expect(await channelSecrets(desk.db, channelId)).toMatchObject({ identitySecret: second });
    const [row] = await desk.db.select().from(channels).where(eq(channels.id, channelId));
    expect(row?.sealedSecrets).not.toContain(second);
    const shown = await getChannel(admin, channelId);
    expect(shown.secretsSet).toEqual(["identitySecret"]);
    expect(JSON.stringify(shown)).not.toContain(second);
  });
});

describe("the audit log", () => {
  it("tells who changed what with before and after, page by page, and never a secret", async () => {
    const page = await listAudit(admin, { limit: 2 });
    expect(page.items.map(({ action }) => action)).toEqual(["channel.secret_rotated", "channel.secret_rotated"]);
    const next = await listAudit(admin, { limit: 50, cursor: page.nextCursor ?? undefined });
    expect(next.items.every(({ action }) => action === "channel.updated")).toBe(true);
    expect(next.items.at(-1)).toMatchObject({ actorName: "管理员", targetId: channelId, after: { name: "官网客服" } });
    expect(JSON.stringify([page, next])).not.toMatch(/identitySecret":"/);
  });

  it("can be filtered by action, subject and person, and offers what there is", async () => {
    const all = await listAudit(admin, { limit: 50, action: "channel" });
    const updates = await listAudit(admin, { limit: 50, action: "channel.updated" });
    expect(updates.items.length).toBe(all.items.length - 2);
    expect((await listAudit(admin, { limit: 5, search: "没有这个人" })).items).toEqual([]);
    expect(await auditFacets(admin)).toEqual({
      actions: ["channel.secret_rotated", "channel.updated"],
      actors: [{ id: admin.actor.agentId, name: "管理员" }],
    });
    expect((await listAudit(stranger, { limit: 5 })).items).toEqual([]);
  });
});
