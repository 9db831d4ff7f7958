import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { memberships } from "@/db/schema/identity";
import { merchants } from "@/db/schema/merchants";
import { findChatEntry } from "@/lib/channels/chat-entry-queries";
import { postVisitorMessageOperation } from "@/lib/conversations/operations";
import { newId } from "@/lib/core/ids";
import { acceptInvitationOperation } from "@/lib/identity/account-operations";
import { getMeOperation, listAgentsOperation } from "@/lib/identity/operations";
import { signIn } from "@/lib/identity/sign-in";
import { systemContext } from "@/lib/testing/actors";
import { type ApiFixture, type Credentials, createApiFixture } from "@/lib/testing/api-fixture";
import * as operations from "./merchant-operations";

let api: ApiFixture;
/** Runs the first merchant, and with it the installation. */
let boss: Credentials;
let first: { merchantId: string; channelId: string };
let made: { id: string; link: string };

const words = { clientId: "merchant-1", parts: [{ type: "text", text: "你好" }] };

beforeAll(async () => {
  api = await createApiFixture();
  first = await api.desk.merchant();
  boss = (await api.signedIn(first.merchantId, "admin")).as;
});
afterAll(() => api.end());

const create = (as: Credentials, body: object) => api.call(operations.createMerchantOperation, { as, body });
const change = (as: Credentials, id: string, body: object) =>
  api.call(operations.updateMerchantOperation, { as, params: { id }, body });

describe("merchants of the platform", () => {
  it("the first merchant's administrator adds a second one; its administrator comes by the link and finds a chat", async () => {
    const answer = await create(boss, { name: "橙子文具", slug: "orange", adminEmail: "chen@orange.example" });
    expect(answer.status).toBe(201);
    made = (await answer.json()) as typeof made;
    const body = { token: made.link.split("/").at(-1), name: "小橙", password: "a long enough password" };
    expect((await api.call(acceptInvitationOperation, { body })).status).toBe(200);
    expect((await findChatEntry(api.desk.db, { merchantSlug: "orange" }))?.merchantName).toBe("橙子文具");
    const [platform] = await api.desk.db.select().from(merchants).where(eq(merchants.kind, "platform"));
    const above = await api.desk.db
      .select()
      .from(memberships)
      .where(eq(memberships.merchantId, platform?.id ?? ""));
    expect(above.map(({ role }) => role)).toEqual(["admin"]);
  });

  it("lists them with their people and numbers; who runs one merchant only learns nothing of the others", async () => {
    const answer = await api.call(operations.listMerchantsOperation, { as: boss, query: { limit: "2" } });
    const page = (await answer.json()) as { items: { name: string; people: number }[]; nextCursor: string };
    expect(page.items).toHaveLength(2);
    expect(page.nextCursor).not.toBeNull();
    const found = await api.call(operations.listMerchantsOperation, { as: boss, query: { search: "橙子" } });
    expect(((await found.json()) as typeof page).items).toMatchObject([{ name: "橙子文具", people: 1, channels: 1 }]);
    const other = (await api.signedIn(made.id, "admin")).as;
    expect((await api.call(operations.listMerchantsOperation, { as: other })).status).toBe(404);
    expect((await create(other, { name: "x" })).status).toBe(404);
    expect((await change(other, first.merchantId, { suspended: true })).status).toBe(404);
  });

  it("refuses a short name that is taken, a zone that is none, and suspending oneself or the platform", async () => {
    expect((await create(boss, { name: "又一家", slug: "orange" })).status).toBe(409);
    expect((await create(boss, { name: "又一家", timezone: "Mars/Olympus" })).status).toBe(400);
    expect((await change(boss, first.merchantId, { suspended: true })).status).toBe(409);
    const [platform] = await api.desk.db.select().from(merchants).where(eq(merchants.kind, "platform"));
    expect((await change(boss, platform?.id ?? "", { suspended: true })).status).toBe(409);
  });

  it("out of service: customers, people and keys are refused, all of it comes back, and the platform still enters", async () => {
    const shop = await api.desk.merchant();
    const visitor = await api.visitor(shop);
    const agent = await api.signedIn(shop.merchantId, "admin");
    const key = (await api.key(shop.merchantId, ["*"])).as;
    const say = () =>
      api.call(postVisitorMessageOperation, { as: visitor.as, body: { ...words, clientId: newId("client") } });
    expect((await say()).status).toBe(201);
    expect((await change(boss, shop.merchantId, { suspended: true })).status).toBe(200);
    expect((await say()).status).toBe(403);
    expect((await api.call(getMeOperation, { as: agent.as })).status).toBe(401);
    expect((await api.call(listAgentsOperation, { as: key })).status).toBe(401);
    expect(await findChatEntry(api.desk.db, { channelId: shop.channelId })).toBeUndefined();
    const entered = { ...boss, cookie: `${boss["cookie"]}; yingda.merchant=${shop.merchantId}` };
    expect((await api.call(getMeOperation, { as: entered })).status).toBe(200);
    expect((await change(boss, shop.merchantId, { suspended: false })).status).toBe(200);
    expect((await say()).status).toBe(201);
    expect((await api.call(getMeOperation, { as: agent.as })).status).toBe(200);
    expect((await api.call(listAgentsOperation, { as: key })).status).toBe(200);
  });

  it("people of a merchant out of service cannot sign in", async () => {
    const credentials = { email: "chen@orange.example", password: "a long enough password" };
    const context = systemContext(api.desk, "none");
    expect(await signIn(context, credentials)).toMatchObject({ kind: "signed_in" });
    await change(boss, made.id, { suspended: true });
    expect(await signIn(context, credentials)).toMatchObject({ kind: "refused" });
  });
});
