import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { rowsOf } from "@/db/client";
import { auditLog } from "@/db/schema/operations";
import { exportAudit } from "@/lib/composition/exports";
import { changeGroup } from "@/lib/composition/settings-service";
import { newId } from "@/lib/core/ids";
import { systemContext } from "@/lib/testing/actors";
import { APP_URL, type ApiFixture, createApiFixture } from "@/lib/testing/api-fixture";

const DAY_MS = 86_400_000;

let api: ApiFixture;
let merchantId: string;

beforeAll(async () => {
  api = await createApiFixture();
  ({ merchantId } = await api.desk.merchant());
});
afterAll(() => api.end());

async function written(action: string, createdAt: Date): Promise<string> {
  const id = newId("audit", createdAt);
  await api.desk.db.insert(auditLog).values({
    id,
    merchantId,
    actorKind: "agent",
    actorName: "=cmd|' /C calc'!A0",
    action,
    targetType: "t",
    createdAt,
  });
  return id;
}

it("the audit log is append-only for the application's own database role: no change, no removal, no emptying", async () => {
  const id = await written("agent.created", new Date());
  for (const statement of [
    sql`update audit_log set actor_name = 'somebody else' where id = ${id}`,
    sql`delete from audit_log where id = ${id}`,
    sql`truncate audit_log`,
  ]) {
    const failure = await api.desk.db.execute(statement).then(
      () => undefined,
      (error: unknown) => error as { cause?: { code?: string } },
    );
    expect(failure?.cause?.code).toBe("42501");
  }
  expect(await rowsOf(api.desk.db, sql`select actor_name from audit_log where id = ${id}`)).toHaveLength(1);
});

it("only lines older than half a year may go, for the retention job", async () => {
  const old = await written("agent.created", new Date(Date.now() - 200 * DAY_MS));
  await api.desk.db.execute(sql`delete from audit_log where id = ${old}`);
  expect(await rowsOf(api.desk.db, sql`select 1 from audit_log where id = ${old}`)).toEqual([]);
});

it("what the command line does is written down like what the console does", async () => {
  await changeGroup(systemContext(api.desk, merchantId), "uploads", { patch: { maxMegabytes: 7 } });
  const [row] = await rowsOf<{ actor_kind: string; before: unknown; after: unknown }>(
    api.desk.db,
    sql`select actor_kind, before, after from audit_log where action = 'settings.updated' and merchant_id = ${merchantId}`,
  );
  expect(row).toEqual({ actor_kind: "system", before: { maxMegabytes: null }, after: { maxMegabytes: 7 } });
});

it("its export is for administrators, carries no formula, and is written down itself", async () => {
  const { as: admin } = await api.signedIn(merchantId, "admin");
  const { as: agent } = await api.signedIn(merchantId, "agent");
  const take = (headers: Record<string, string>, query = "") =>
    exportAudit(new Request(`${APP_URL}/api/v1/audit/export?${query}`, { headers }));
  expect([(await take({})).status, (await take(agent)).status]).toEqual([401, 403]);
  expect((await take(admin, "format=exe")).status).toBe(400);
  const answer = await take(admin, "format=csv&action=agent.created");
  expect(answer.headers.get("content-disposition")).toMatch(/^attachment; filename="audit-\d{4}-\d\d-\d\d\.csv"$/);
  const text = await answer.text();
  expect(text).toContain(",'=cmd|' /C calc'!A0,");
  expect(text.split("\r\n").length).toBe(3);
  const rows = await rowsOf(api.desk.db, sql`select 1 from audit_log where action = 'audit.exported'`);
  expect(rows).toHaveLength(1);
});
