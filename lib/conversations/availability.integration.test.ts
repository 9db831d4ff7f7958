import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rowsOf } from "@/db/client";
import { newId } from "@/lib/core/ids";
import { updateSettings } from "@/lib/settings/service";
import { createVisitor, systemContext, type VisitorContext } from "@/lib/testing/actors";
import { createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { requestHandoff } from "./service";
import { businessHoursSettings, routingSettings } from "./settings-schema";
import { askForAgent, leaveMessage, postVisitorMessage } from "./visitor-service";

/** A Sunday, 11:00 in Shanghai. */
const SUNDAY = new Date("2026-11-22T03:00:00Z");
const OFFICE = {
  enabled: true,
  hours: [{ days: ["monday", "tuesday", "wednesday", "thursday", "friday"], from: "09:00", to: "18:00" }],
};

describe("who gets into the line", () => {
  let fixture: DeskFixture;
  beforeAll(async () => {
    fixture = await createDeskFixture();
  });
  afterAll(() => fixture.end());

  type Shop = { merchantId: string; channelId: string };
  const set = (shop: Shop, group: Parameters<typeof updateSettings>[2], patch: Record<string, unknown>) =>
    updateSettings(systemContext(fixture, shop.merchantId), shop.merchantId, group, { patch });

  async function visitorOf(shop: Shop, at?: Date): Promise<VisitorContext> {
    const visitor = await createVisitor(fixture, shop);
    return at ? { ...visitor, now: () => at } : visitor;
  }

  async function lastWords(conversationId: string): Promise<{ text: string; actions: string[] }> {
    const [row] = await rowsOf<{ text: string; parts: { type: string; choices?: { action: string }[] }[] }>(
      fixture.db,
      sql`select text, parts from messages where conversation_id = ${conversationId} and visibility = 'public'
          order by seq desc limit 1`,
    );
    return {
      text: row?.text ?? "",
      actions: row?.parts.flatMap((part) => part.choices?.map(({ action }) => action) ?? []) ?? [],
    };
  }

  it("answers outside business hours when people are back, and lets the customer leave a message", async () => {
    const shop = await fixture.merchant();
    await set(shop, businessHoursSettings, OFFICE);
    const visitor = await visitorOf(shop, SUNDAY);
    const asked = await askForAgent(visitor, undefined);
    expect(asked.status).toBe("bot");
    const words = await lastWords(asked.id);
    expect(words.text).toContain("11-23 09:00");
    expect(words.actions).toEqual(["leave_message"]);
    const left = await leaveMessage(visitor, asked.id, {
      clientId: newId("client"),
      text: "想换一件大一号的",
      contact: "13800000000",
    });
    expect(left.status).toBe("offline");
  });

  it("uses the merchant's own words, in the customer's language", async () => {
    const shop = await fixture.merchant();
    await set(shop, businessHoursSettings, { ...OFFICE, answerChinese: "周末休息", answerEnglish: "Back on Monday" });
    const visitor = await visitorOf(shop, SUNDAY);
    const english = { ...(await visitorOf(shop, SUNDAY)), locale: "en" };
    expect((await lastWords((await askForAgent(visitor, undefined)).id)).text).toContain("周末休息");
    expect((await lastWords((await askForAgent(english, undefined)).id)).text).toContain("Back on Monday");
  });

  it("queues outside business hours where the merchant wants that, and says so first", async () => {
    const shop = await fixture.merchant();
    await set(shop, businessHoursSettings, { ...OFFICE, outOfHours: "queue" });
    const asked = await askForAgent(await visitorOf(shop, SUNDAY), undefined);
    expect(asked.status).toBe("queued");
    const texts = await rowsOf<{ text: string }>(
      fixture.db,
      sql`select text from messages where conversation_id = ${asked.id} and author_kind = 'bot'`,
    );
    expect(texts[0]?.text).toContain("11-23 09:00");
  });

  it("keeps a message of the closed hours where no bot answers", async () => {
    const shop = await fixture.merchant();
    await set(shop, businessHoursSettings, OFFICE);
    await rowsOf(
      fixture.db,
      sql`update channels set config = '{"botEnabled": false}'::jsonb where id = ${shop.channelId}`,
    );
    const { conversation } = await postVisitorMessage(await visitorOf(shop, SUNDAY), {
      clientId: newId("client"),
      parts: [{ type: "text", text: "有人吗" }],
    });
    expect(conversation.status).toBe("offline");
  });

  it("never lets the line get longer than it may, with twenty at once", async () => {
    const shop = await fixture.merchant();
    await set(shop, routingSettings, { maximumQueue: 5 });
    const visitors = await Promise.all(Array.from({ length: 20 }, () => visitorOf(shop)));
    const rows = await Promise.all(visitors.map((visitor) => askForAgent(visitor, undefined)));
    expect(rows.filter((row) => row.status === "queued")).toHaveLength(5);
    const turned = rows.find((row) => row.status === "bot");
    expect((await lastWords(turned?.id ?? "")).actions).toEqual(["leave_message"]);
  });

  it("lets the next one in when the line got shorter", async () => {
    const shop = await fixture.merchant();
    await set(shop, routingSettings, { maximumQueue: 1 });
    const first = await askForAgent(await visitorOf(shop), undefined);
    const second = await visitorOf(shop);
    const refused = await askForAgent(second, undefined);
    expect([first.status, refused.status]).toEqual(["queued", "bot"]);
    await rowsOf(fixture.db, sql`update conversations set status = 'offline' where id = ${first.id}`);
    const queued = await requestHandoff(second, { conversationId: refused.id, reason: "requested" });
    expect(queued?.status).toBe("queued");
  });
});
