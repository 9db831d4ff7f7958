import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { files } from "@/db/schema/operations";
import { findChatEntry } from "@/lib/channels/chat-entry-queries";
import { newId } from "@/lib/core/ids";
import { uploadMaxBytes } from "@/lib/files/queries";
import { type ApiFixture, type Credentials, createApiFixture } from "@/lib/testing/api-fixture";
import { getSettingsOperation, updateSettingsOperation } from "./settings-operations";

let api: ApiFixture;
let shop: { merchantId: string; channelId: string };
let other: { merchantId: string };
let admin: Credentials;

beforeAll(async () => {
  api = await createApiFixture();
  shop = await api.desk.merchant();
  other = await api.desk.merchant();
  admin = (await api.signedIn(shop.merchantId, "admin")).as;
});
afterAll(() => api.end());

const read = async (group: string, as = admin) =>
  (await api.call(getSettingsOperation, { as, params: { group } })).json() as Promise<{
    version: number;
    values: Record<string, unknown>;
  }>;
const change = (group: string, values: object, version: number) =>
  api.call(updateSettingsOperation, { as: admin, params: { group }, body: { values, version } });

async function pictureOf(merchantId: string, mime = "image/png"): Promise<string> {
  const id = newId("file");
  await api.desk.db.insert(files).values({
    id,
    merchantId,
    uploaderKind: "agent",
    name: "logo.png",
    mime,
    size: 1,
    storageKey: id,
    sha256: "0",
  });
  return id;
}

describe("settings over the API (P3)", () => {
  it("change what customers see and may send, and only at the caller's merchant", async () => {
    expect((await change("branding", { nameChinese: "青禾", accent: "#2563a8" }, 0)).status).toBe(200);
    expect((await change("uploads", { maxMegabytes: 3 }, 0)).status).toBe(200);
    const entry = await findChatEntry(api.desk.db, { channelId: shop.channelId });
    expect(entry?.branding).toMatchObject({ nameChinese: "青禾", accent: "#2563a8" });
    expect(await uploadMaxBytes(api.desk.db, shop.merchantId)).toBe(3 * 1024 * 1024);
    const neighbour = (await api.signedIn(other.merchantId, "admin")).as;
    expect((await read("branding", neighbour)).values).toMatchObject({ nameChinese: "", accent: "" });
  });

  it("tell the second of two admins that the first has saved, and lose neither's words", async () => {
    const { version } = await read("branding");
    expect((await change("branding", { nameEnglish: "First" }, version)).status).toBe(200);
    const late = await change("branding", { nameEnglish: "Second" }, version);
    expect([late.status, ((await late.json()) as { reason: string }).reason]).toEqual([409, "stale_version"]);
    expect((await read("branding")).values["nameEnglish"]).toBe("First");
  });

  it("refuse a colour that nobody could tell from the page, naming the field", async () => {
    const { version } = await read("branding");
    for (const accent of ["#fefefe", "#1a1a1a", "red", "#12345"]) {
      const answer = await change("branding", { accent }, version);
      expect(answer.status, accent).toBe(400);
      expect((await answer.json()) as object).toMatchObject({ fields: [{ path: "values.accent" }] });
    }
  });

  it("take as a picture only a picture of one's own", async () => {
    const { version } = await read("branding");
    const foreign = await pictureOf(other.merchantId);
    const text = await pictureOf(shop.merchantId, "text/plain");
    for (const logo of [foreign, text, newId("file")]) {
      expect((await change("branding", { logo }, version)).status).toBe(400);
    }
    expect((await change("branding", { logo: await pictureOf(shop.merchantId) }, version)).status).toBe(200);
  });

  it("know no other group, and no field beside those of the group", async () => {
    expect((await api.call(getSettingsOperation, { as: admin, params: { group: "__proto__" } })).status).toBe(404);
    const { version } = await read("uploads");
    expect((await change("uploads", { constructor: 1 }, version)).status).toBe(400);
    expect((await change("uploads", { kinds: [] }, version)).status).toBe(400);
    const [row] = (await api.desk.db.execute(sql`select count(*)::int as n from settings where key = 'uploads'`)).rows;
    expect(row).toEqual({ n: 1 });
  });
});
