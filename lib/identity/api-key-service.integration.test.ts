import { afterAll, beforeAll, expect, it } from "vitest";
import { apiKeys } from "@/db/schema/identity";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { listApiKeys, revokeApiKey } from "./api-key-service";
import { actorFromApiKey } from "./api-keys";
import { createApiKey } from "./service";

let desk: DeskFixture;
let admin: AgentContext;
let stranger: AgentContext;

beforeAll(async () => {
  desk = await createDeskFixture();
  admin = await desk.agent((await desk.merchant()).merchantId, "admin", "管理员");
  stranger = await desk.agent((await desk.merchant()).merchantId, "admin");
});

afterAll(() => desk.end());

it("a key is listed by its beginning alone, with who made it and what it may", async () => {
  const secret = await createApiKey(admin, "商城后台", ["conversations.reply", "channels.read"]);
  const [key] = await listApiKeys(admin);
  expect(key).toMatchObject({
    name: "商城后台",
    prefix: secret.slice(0, 8),
    scopes: ["conversations.reply", "channels.read"],
    createdBy: "管理员",
    revokedAt: null,
  });
  expect(JSON.stringify([key, await desk.db.select().from(apiKeys)])).not.toContain(secret);
  expect(await listApiKeys(stranger)).toEqual([]);
});

it("a revoked key is nobody from then on, and stays on the list", async () => {
  const secret = await createApiKey(admin, "旧的", ["*"]);
  expect(await actorFromApiKey(desk.db, secret)).toMatchObject({ kind: "key" });
  const [key] = await listApiKeys(admin);
  await expect(revokeApiKey(stranger, key?.id ?? "")).rejects.toMatchObject({ reason: "api_key_not_found" });
  await revokeApiKey(admin, key?.id ?? "");
  await revokeApiKey(admin, key?.id ?? "");
  expect(await actorFromApiKey(desk.db, secret)).toBeUndefined();
  const [revoked] = await listApiKeys(admin);
  expect(revoked?.revokedAt).not.toBeNull();
});
