import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { conversations } from "@/db/schema/conversations";
import { customers } from "@/db/schema/customers";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { claimConversation } from "./agent-service";
import { runMacro } from "./macro-run-service";
import type { MacroAction } from "./macro-schema";
import { createMacro, deleteMacro, listMacros, updateMacro } from "./macro-service";
import { listMessages } from "./queries";

let desk: DeskFixture;
let lin: AgentContext;
let boss: AgentContext;
let id: string;
let customerId: string;

beforeAll(async () => {
  desk = await createDeskFixture();
});
afterAll(() => desk.end());
beforeEach(async () => {
  const shop = await desk.merchant();
  lin = await desk.agent(shop.merchantId, "agent", "小林");
  boss = await desk.agent(shop.merchantId, "supervisor", "周主管");
  const customer = await desk.customer(shop);
  customerId = customer.customerId;
  id = await desk.conversation({ ...shop, ...customer });
  await claimConversation(lin, id);
});

const personal = (actions: MacroAction[]) =>
  createMacro(lin, { name: "退款处理", shortcut: "refund", actions, personal: true });
const row = async () => (await desk.db.select().from(conversations).where(eq(conversations.id, id)))[0];
const tags = async () => (await desk.db.select().from(customers).where(eq(customers.id, customerId)))[0]?.tags;
const words = async () =>
  (await listMessages(lin, id, { limit: 50 })).items.flatMap(({ parts, visibility }) =>
    parts.flatMap((part) => (part.type === "text" ? [`${visibility}: ${part.text}`] : [])),
  );

describe("macros", () => {
  it("do their actions in order, with variables filled, and say what takes them back", async () => {
    const macro = await personal([
      { type: "tag", tags: ["退款"] },
      { type: "priority", priority: 2 },
      { type: "reply", text: "{{customer.name}}您好，我是{{agent.name}}" },
      { type: "note", text: "{{merchant.name}}：等仓库" },
      { type: "resolve" },
    ]);
    const run = await runMacro(lin, id, macro.id, "run-00001");
    expect(run.steps.map(({ ok }) => ok)).toEqual([true, true, true, true, true]);
    expect(run.undo.map(({ type }) => type)).toEqual(["reopen", "recall", "recall", "priority", "tags"]);
    expect(await words()).toEqual(["public: 陈同学您好，我是小林", "internal: 青禾校园商城：等仓库"]);
    expect([await tags(), (await row())?.priority, (await row())?.status]).toEqual([["退款"], 2, "resolved"]);
    expect((await listMacros(lin))[0]?.usedCount).toBe(1);
  });

  it("send no message twice when the same run comes again", async () => {
    const macro = await personal([{ type: "reply", text: "您好" }]);
    await runMacro(lin, id, macro.id, "run-00002");
    await runMacro(lin, id, macro.id, "run-00002");
    expect(await words()).toEqual(["public: 您好"]);
  });

  it("stop at the first action that cannot be done and say why", async () => {
    const macro = await personal([
      { type: "resolve" },
      { type: "reply", text: "晚了" },
      { type: "tag", tags: ["不会有"] },
    ]);
    const run = await runMacro(lin, id, macro.id, "run-00003");
    expect(run.steps).toEqual([
      { type: "resolve", ok: true, reason: null },
      { type: "reply", ok: false, reason: "conversation_ended" },
    ]);
    expect(await tags()).toEqual([]);
  });

  it("are seen by their owner, or by all when a supervisor shares them; only supervisors change shared ones", async () => {
    const own = await personal([{ type: "resolve" }]);
    expect(await listMacros(boss)).toEqual([]);
    await expect(runMacro(boss, id, own.id, "run-00004")).rejects.toMatchObject({ reason: "macro_not_found" });
    const input = { name: "公共", shortcut: "", actions: [{ type: "bot" as const }], personal: false };
    await expect(createMacro(lin, input)).rejects.toMatchObject({ reason: "macro_shared" });
    const shared = await createMacro(boss, input);
    expect((await listMacros(lin)).map(({ name }) => name).sort()).toEqual(["公共", "退款处理"].sort());
    await expect(deleteMacro(lin, shared.id)).rejects.toMatchObject({ reason: "macro_shared" });
    await updateMacro(boss, shared.id, { name: "交给机器人", version: 1 });
    await expect(updateMacro(boss, shared.id, { name: "旧", version: 1 })).rejects.toMatchObject({
      reason: "stale_version",
    });
  });
});
