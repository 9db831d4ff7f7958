import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { rowsOf } from "@/db/client";
import { createCase, getRun, listRuns, updateCase } from "@/lib/bot/case-service";
import { botSettings } from "@/lib/bot/settings-schema";
import { entryInput } from "@/lib/knowledge/schema";
import { createEntry, updateEntry } from "@/lib/knowledge/service";
import { listNotifications } from "@/lib/notifications/queries";
import { updateSettings } from "@/lib/settings/service";
import { systemContext } from "@/lib/testing/actors";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { drainJobs } from "@/lib/testing/due-jobs";
import { serveFrom } from "@/lib/testing/environment";

let desk: DeskFixture;
let merchantId: string;
let admin: AgentContext;
let supervisor: AgentContext;
let agent: AgentContext;
let refund: string;
let shipping: string;

const RIGHT = { refund: "点「申请退款」。", shipping: "满 59 元包邮。" };

beforeAll(async () => {
  desk = await createDeskFixture();
  vi.stubEnv("DATABASE_URL", desk.url);
  serveFrom(desk.db);
});
afterAll(() => desk.end());
beforeEach(async () => {
  ({ merchantId } = await desk.merchant());
  admin = await desk.agent(merchantId, "admin");
  supervisor = await desk.agent(merchantId, "supervisor");
  agent = await desk.agent(merchantId, "agent");
  const publish = (question: string, answer: string) =>
    createEntry(admin, entryInput.parse({ question, answer, status: "published" }));
  refund = (await publish("怎么退款？", RIGHT.refund)).id;
  shipping = (await publish("运费多少钱？", RIGHT.shipping)).id;
  await createCase(admin, { says: ["怎么退款？"], expected: { contains: "申请退款" }, note: "" });
  await createCase(admin, { says: ["运费多少钱？"], expected: { contains: "59 元" }, note: "" });
  await becomeQuiet();
});

/** As if all that was published had been published a minute ago, and whatever was checked a minute before that. */
async function becomeQuiet(): Promise<void> {
  for (const [table, moment, ago] of [
    ["kb_entries", "updated_at", "1 minute"],
    ["kb_changes", "changed_at", "1 minute"],
    ["bot_runs", "created_at", "2 minutes"],
  ] as const) {
    await desk.db.execute(
      sql`update ${sql.raw(table)} set ${sql.raw(moment)} = ${sql.raw(table === "bot_runs" ? moment : "now()")} - ${ago}::interval
          where merchant_id = ${merchantId}`,
    );
  }
}

/** What the clock does each minute, and all that follows from it; twice, as where two processes have a clock. */
async function aMinutePasses(): Promise<void> {
  await becomeQuiet();
  for (const _ of [1, 2]) {
    await rowsOf(desk.db, sql`select graphile_worker.add_job('bot.run_cases', '{}'::json)`);
    await drainJobs(desk.db);
  }
}

const told = async (whom: AgentContext) =>
  (await listNotifications(whom, { limit: 20, unreadOnly: false })).items.filter(({ kind }) => kind === "cases_broke");

describe("a publication that breaks regression cases", () => {
  it("is told once to those who look after them, names what broke and leads to the difference", async () => {
    await aMinutePasses();
    expect(await told(admin)).toEqual([]);
    await updateEntry(admin, refund, { answer: "请联系客服。" });
    await updateEntry(admin, shipping, { answer: "看情况。" });
    await aMinutePasses();
    const [run] = await listRuns(admin);
    const line = {
      excerpt: "怎么退款？ · 运费多少钱？",
      values: { runId: run?.id, count: 2 },
      conversationId: null,
      actor: null,
    };
    expect(await told(admin)).toMatchObject([line]);
    expect(await told(supervisor)).toMatchObject([line]);
    expect(await told(agent)).toEqual([]);
    expect((await getRun(admin, run?.id ?? "")).changes.map(({ change }) => change)).toEqual(["broke", "broke"]);
  });

  it("is not told of what was broken already, was never right, or was edited since", async () => {
    await createCase(admin, { says: ["运费多少钱？"], expected: { contains: "免费" }, note: "" });
    await updateEntry(admin, refund, { answer: "请联系客服。" });
    await aMinutePasses();
    await updateEntry(admin, refund, { answer: "请联系在线客服。" });
    await aMinutePasses();
    expect(await told(admin)).toEqual([]);
    await updateEntry(admin, refund, { answer: RIGHT.refund });
    await aMinutePasses();
    await updateEntry(admin, shipping, { answer: "看情况。" });
    const wanted = await rowsOf<{ id: string }>(
      desk.db,
      sql`select id from bot_cases where merchant_id = ${merchantId} and expected ->> 'contains' = '59 元'`,
    );
    await updateCase(admin, wanted[0]?.id ?? "", { expected: { contains: "免运费" } });
    await aMinutePasses();
    expect(await told(admin)).toEqual([]);
  });

  it("is told again when it breaks again, and to nobody where the merchant does not want it", async () => {
    await aMinutePasses();
    await updateEntry(admin, refund, { answer: "请联系客服。" });
    await aMinutePasses();
    await updateEntry(admin, refund, { answer: RIGHT.refund });
    await aMinutePasses();
    await updateEntry(admin, refund, { answer: "请联系客服。" });
    await aMinutePasses();
    expect(await told(admin)).toHaveLength(2);
    const system = systemContext(desk, merchantId);
    await updateSettings(system, merchantId, botSettings, { patch: { tellBrokenCases: false } });
    await updateEntry(admin, shipping, { answer: "看情况。" });
    await aMinutePasses();
    expect(await listRuns(admin)).toMatchObject([
      { passed: 0 },
      { passed: 1 },
      { passed: 2 },
      { passed: 1 },
      { passed: 2 },
    ]);
    expect(await told(admin)).toHaveLength(2);
  });
});
