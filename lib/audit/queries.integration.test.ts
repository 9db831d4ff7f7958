import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { merchants } from "@/db/schema/merchants";
import { auditLog } from "@/db/schema/operations";
import { newId } from "@/lib/core/ids";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { auditFacets, listAudit } from "./queries";

let desk: DeskFixture;
let admin: AgentContext;
let stranger: AgentContext;

beforeAll(async () => {
  desk = await createDeskFixture();
  admin = await desk.agent((await desk.merchant()).merchantId, "admin");
  stranger = await desk.agent((await desk.merchant()).merchantId, "admin");
  const line = (n: number, actorName: string | null, action: string, targetId: string, merchantId: string) => ({
    id: newId("audit"),
    merchantId,
    actorKind: "agent",
    actorId: actorName && `agt_${actorName}`,
    actorName,
    action,
    targetType: "agent",
    targetId,
    createdAt: new Date(Date.UTC(2026, 10, 1, 0, n)),
  });
  const mine = admin.actor.merchantId;
  await desk.db
    .insert(auditLog)
    .values([
      ...Array.from({ length: 25 }, (_, n) =>
        line(n, "王小明", n % 2 ? "rule.updated" : "agent.updated", `t${n}`, mine),
      ),
      ...Array.from({ length: 25 }, (_, n) => line(n, "Ming Li", "settings.changed", `s${n}`, mine)),
      line(90, null, "retention.applied", "t7", mine),
      line(99, "王小明", "rule.updated", "t7", stranger.actor.merchantId),
    ]);
});
afterAll(() => desk.end());

async function all(filter: { search?: string; action?: string; actorId?: string; from?: string; to?: string }) {
  const found: { targetId: string | null; actorName: string | null }[] = [];
  let cursor: string | undefined;
  do {
    const page = await listAudit(admin, { ...filter, limit: 4, cursor });
    found.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return found;
}

it("a search finds people by part of their name and lines by their target, page by page, each line once", async () => {
  expect(await all({ search: "小明" })).toHaveLength(25);
  expect((await all({ search: "MING" })).every(({ actorName }) => actorName === "Ming Li")).toBe(true);
  expect((await all({ search: "t7" })).map(({ actorName }) => actorName)).toEqual([null, "王小明"]);
  expect(await all({ search: "小明", action: "rule" })).toHaveLength(12);
  for (const search of ["nobody", "%", "_", "' or true --"]) {
    expect(await all({ search })).toEqual([]);
  }
});

it("days are the merchant's own, first and last one included", async () => {
  // The lines of 2026-11-01 00:00 to 01:30 UTC are of the morning in Shanghai, and of the evening before in New York.
  expect(await all({ from: "2026-11-01", to: "2026-11-01" })).toHaveLength(51);
  expect(await all({ to: "2026-10-31" })).toEqual([]);
  await desk.db.update(merchants).set({ timezone: "America/New_York" }).where(eq(merchants.id, admin.actor.merchantId));
  expect(await all({ from: "2026-11-01" })).toEqual([]);
  expect(await all({ from: "2026-10-31", to: "2026-10-31", search: "t7" })).toHaveLength(2);
});

it("the filters' choices are what occurs at the caller's merchant, each once", async () => {
  expect(await auditFacets(admin)).toEqual({
    actions: ["agent.updated", "retention.applied", "rule.updated", "settings.changed"],
    actors: [
      { id: "agt_Ming Li", name: "Ming Li" },
      { id: "agt_王小明", name: "王小明" },
    ],
  });
  expect(await auditFacets(stranger)).toEqual({
    actions: ["rule.updated"],
    actors: [{ id: "agt_王小明", name: "王小明" }],
  });
});
