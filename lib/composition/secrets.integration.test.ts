import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rowsOf } from "@/db/client";
import { channels } from "@/db/schema/channels";
import { conversations } from "@/db/schema/conversations";
import { apiKeys, memberships, users } from "@/db/schema/identity";
import { knowledgeEntries } from "@/db/schema/knowledge";
import { type DemoAccounts, seedDemo } from "@/db/seed/seed-demo";
import { rotateIdentitySecretOperation } from "@/lib/channels/operations";
import { openSecrets } from "@/lib/channels/secret-queries";
import { createAgentOperation, updateAgentOperation } from "@/lib/identity/operations";
import { env } from "@/lib/platform/env/env";
import type { AnyOperation } from "@/lib/platform/http/handler";
import { APP_URL, type ApiFixture, type Credentials, createApiFixture } from "@/lib/testing/api-fixture";
import { OPERATIONS } from "./operations";

let api: ApiFixture;
let demo: DemoAccounts;
let callers: Record<string, Credentials>;
/** Everything that may never be said, with what it is. */
let secrets: { readonly what: string; readonly value: string }[];
let ids: Record<string, string>;

beforeAll(async () => {
  api = await createApiFixture();
  demo = await seedDemo({ databaseUrl: api.desk.url, url: APP_URL });
  const { db } = api.desk;
  const [key] = await db.select().from(apiKeys);
  const merchantId = key?.merchantId ?? "";
  const [channel] = await db.select().from(channels).where(eq(channels.merchantId, merchantId));
  const [admin] = await db
    .select()
    .from(memberships)
    .where(sql`${memberships.merchantId} = ${merchantId} and ${memberships.role} = 'admin'`);
  const [conversation] = await db.select().from(conversations).where(eq(conversations.merchantId, merchantId));
  const [entry] = await db.select().from(knowledgeEntries).where(eq(knowledgeEntries.merchantId, merchantId));
  const own = admin ?? (await api.signedIn(merchantId, "admin")).actor;
  callers = {
    nobody: {},
    admin: await api.sessionOf(own.userId),
    key: { "x-api-key": demo.apiKey },
    visitor: (await api.visitor({ merchantId, channelId: channel?.id ?? "" })).as,
  };
  ids = {
    channels: channel?.id ?? "",
    conversations: conversation?.id ?? "",
    customers: conversation?.customerId ?? "",
    entries: entry?.id ?? "",
    agents: "id" in own ? own.id : own.agentId,
  };
  const people = await db.select().from(users);
  const places = await db.select().from(channels);
  secrets = [
    ...people.map(({ passwordHash }) => ({ what: "password hash", value: passwordHash })),
    ...places.flatMap(({ sealedSecrets }) => (sealedSecrets ? [{ what: "sealed secret", value: sealedSecrets }] : [])),
    ...places.flatMap(({ sealedSecrets }) =>
      Object.entries(openSecrets(sealedSecrets)).map(([what, value]) => ({ what, value })),
    ),
    ...(await db.select().from(apiKeys)).map(({ hash }) => ({ what: "key hash", value: hash })),
    { what: "api key", value: demo.apiKey },
    ...[demo.accounts.admin, ...demo.accounts.agents].map(({ password }) => ({ what: "password", value: password })),
    { what: "AUTH_SECRET", value: env().AUTH_SECRET },
    { what: "ENCRYPTION_KEY", value: env().ENCRYPTION_KEY },
    { what: "SIGNING_SECRET", value: env().SIGNING_SECRET },
  ].filter(({ value }) => value.length >= 8);
});

afterAll(() => api.end());

/** What a query may ask for. */
const SAMPLES: Readonly<Record<string, string>> = {
  q: "退款",
  limit: "20",
  user_id: "user-1",
  url: "https://shop.example/",
};
/**
 * They answer of a customer or a channel that the demo does not have, or are gone once somebody has installed; what they
 * answer without is looked at.
 */
const ELSEWHERE = new Set(["getConversationOfUser", "signWechatPage", "getInstallState"]);

function leaksIn(text: string): string[] {
  const words = secrets.filter(({ value }) => text.includes(value)).map(({ what }) => what);
  const names = /passwordHash|password_hash|sealedSecrets|sealed_secrets|\$argon2/.exec(text);
  return names ? [...words, names[0]] : words;
}

function paramsOf({ contract }: AnyOperation): Record<string, string> {
  const kind = /\/([\w-]+)\/\{id\}/.exec(contract.path)?.[1] ?? "";
  return Object.fromEntries(Object.keys(contract.params?.shape ?? {}).map((name) => [name, ids[kind] ?? "none"]));
}

describe("no answer of the API holds a secret (T48)", () => {
  const reading = OPERATIONS.filter(({ contract }) => contract.method === "GET");

  it("knows what to look for", () => {
    const kinds = new Set(secrets.map(({ what }) => what));
    expect(kinds).toEqual(
      new Set([
        "password hash",
        "sealed secret",
        "identitySecret",
        "key hash",
        "api key",
        "password",
        "AUTH_SECRET",
        "ENCRYPTION_KEY",
        "SIGNING_SECRET",
      ]),
    );
    expect(leaksIn(`x${demo.identitySecret}x`)).toEqual(["identitySecret"]);
  });

  it.each(reading)("$contract.name", async (operation) => {
    const { contract } = operation;
    const query = Object.fromEntries(
      Object.entries(SAMPLES).filter(([name]) => contract.query !== undefined && name in contract.query.shape),
    );
    const statuses: number[] = [];
    for (const as of Object.values(callers)) {
      const response = await api.call(operation, { as, params: paramsOf(operation), query });
      statuses.push(response.status);
      const said = `${JSON.stringify([...response.headers])}${await response.text()}`;
      expect(leaksIn(said)).toEqual([]);
    }
    const ownRow = !ELSEWHERE.has(contract.name) && Object.values(paramsOf(operation)).every((id) => id !== "none");
    expect(statuses.includes(200) || !ownRow || contract.audience.includes("visitor"), statuses.join()).toBe(true);
  });

  it("a new password and a new identity secret are told once, to the one who asked, and stand in no other answer", async () => {
    const as = callers["admin"];
    const created = await api.call(createAgentOperation, {
      as,
      body: { email: "new@example.test", name: "新人" },
      headers: { "idempotency-key": "create-agent-1" },
    });
    const { agent, password } = (await created.json()) as { agent: { id: string }; password: string };
    expect(password.length).toBeGreaterThanOrEqual(12);
    const rotated = await api.call(rotateIdentitySecretOperation, { as, params: { id: ids["channels"] ?? "" } });
    const { secret } = (await rotated.json()) as { secret: string };
    secrets.push({ what: "new password", value: password }, { what: "new secret", value: secret });
    const changed = await api.call(updateAgentOperation, {
      as,
      params: { id: agent.id },
      body: { password: "ein langes Passwort" },
    });
    secrets.push({ what: "changed password", value: "ein langes Passwort" });
    expect([changed.status, leaksIn(await changed.text())]).toEqual([200, []]);
    for (const operation of reading) {
      const response = await api.call(operation, { as, params: paramsOf(operation), query: { q: "new", limit: "50" } });
      expect(leaksIn(await response.text()), operation.contract.name).toEqual([]);
    }
    const stored = await rowsOf<{ row: string }>(
      api.desk.db,
      sql`select to_jsonb(a)::text as row from audit_log a union all select payload::text from domain_events
        union all select response::text from idempotency_keys`,
    );
    expect(stored.flatMap(({ row }) => leaksIn(row))).toEqual([]);
  });
});
