import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { channels } from "@/db/schema/channels";
import { memberships } from "@/db/schema/identity";
import { getCustomer } from "@/lib/customers/queries";
import { realtimeChannel } from "@/lib/platform/realtime/channels";
import { updateSettings } from "@/lib/settings/service";
import { createVisitor, type VisitorContext } from "@/lib/testing/actors";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { serveFrom } from "@/lib/testing/environment";
import { RecordingHub } from "@/lib/testing/recording-hub";
import { greetingScript } from "@/lib/web/chat-greeting";
import { privacySettings } from "./privacy-settings-schema";
import { listPublicMessages } from "./queries";
import { visitorMovedOn } from "./visit-page-service";
import { postVisitorMessage } from "./visitor-service";

let desk: DeskFixture;
let shop: { merchantId: string; channelId: string };
let visitor: VisitorContext;
let agent: AgentContext;
const hub = new RecordingHub();
const uninstall = hub.install();

const landing = {
  url: "https://shop.example/?utm_source=mail",
  title: "首页",
  referrer: "https://search.example/",
  campaign: { source: "mail", medium: "letter", name: "双十一" },
  userAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Mobile/15E148 Safari/604.1",
  screen: "390×844",
  language: "en-GB",
  timeZone: "Europe/London",
};
const parts = [{ type: "text" as const, text: "你好" }];

beforeAll(async () => {
  desk = await createDeskFixture();
  serveFrom(desk.db);
});
afterAll(async () => {
  uninstall();
  await desk.end();
});
beforeEach(async () => {
  shop = await desk.merchant();
  visitor = await createVisitor(desk, shop);
  agent = await desk.agent(shop.merchantId);
});

async function setConfig(config: Record<string, unknown>): Promise<void> {
  await desk.db.update(channels).set({ config }).where(eq(channels.id, shop.channelId));
}

it("the agent sees what led the visitor here and with what, and the page they are on now; never their address (V12)", async () => {
  const { conversation } = await postVisitorMessage(visitor, { clientId: "page-1", parts, context: landing });
  const profile = () => getCustomer(agent, visitor.actor.customerId);
  expect((await profile()).context).toMatchObject(landing);
  const next = { url: "https://shop.example/cart", title: "购物车", referrer: "https://shop.example/", language: "fr" };
  await visitorMovedOn(visitor, conversation.id, next);
  expect((await profile()).context).toMatchObject({ ...landing, url: next.url, title: next.title });
  expect(JSON.stringify(await profile())).not.toContain("198.51.100.7");
  expect(hub.payloadsOn(realtimeChannel.conversation(conversation.id), "page.changed")).toHaveLength(1);
  expect(hub.payloadsOn(realtimeChannel.visitor(conversation.id), "page.changed")).toEqual([]);
  const stranger = await createVisitor(desk, shop);
  await expect(visitorMovedOn(stranger, conversation.id, next)).rejects.toMatchObject({ code: "not_found" });
});

const seen = (url: string, ago: number, title = url) => ({ url: `https://shop.example${url}`, title, ago });
const told = async () =>
  (await getCustomer(agent, visitor.actor.customerId)).pages.map(({ url, title }) => [new URL(url).pathname, title]);

it("the pages on the way stand in order, each once, the last twenty of them (V12)", async () => {
  const pages = [seen("/", 300, "首页"), seen("/lamps", 200, ""), seen("/lamps/blue", 100, "蓝色台灯")];
  const { conversation } = await postVisitorMessage(visitor, {
    clientId: "page-way",
    parts,
    context: { ...landing, pages },
  });
  expect(await told()).toEqual([
    ["/lamps/blue", "蓝色台灯"],
    ["/lamps", ""],
    ["/", "首页"],
  ]);
  expect((await getCustomer(agent, visitor.actor.customerId)).context).not.toHaveProperty("pages");
  const moved = (...more: ReturnType<typeof seen>[]) => visitorMovedOn(visitor, conversation.id, { pages: more });
  await moved(seen("/lamps", 2, "台灯"), seen("/", 301, "首页"), { ...seen("/x", 1), url: "javascript:alert(1)" });
  expect(await told()).toEqual([
    ["/lamps", "台灯"],
    ["/lamps/blue", "蓝色台灯"],
    ["/", "首页"],
  ]);
  await moved(...Array.from({ length: 20 }, (_, number) => seen(`/goods/${number}`, 90 - number)));
  expect(await told()).toHaveLength(20);
  expect((await told()).map(([path]) => path)).not.toContain("/lamps/blue");
});

it("no page on the way is kept where the merchant does not want it; the one they are on now is known all the same", async () => {
  const boss = await desk.agent(shop.merchantId, "admin");
  await updateSettings(boss, shop.merchantId, privacySettings, { patch: { pages: false } });
  const context = { ...landing, pages: [seen("/", 30), seen("/cart", 3)] };
  await postVisitorMessage(visitor, { clientId: "page-private", parts, context });
  expect(await told()).toEqual([]);
  expect((await getCustomer(agent, visitor.actor.customerId)).context).toMatchObject({ url: landing.url });
});

it("a greeting that was tapped is the first message of a new conversation, in the shop's own words", async () => {
  await setConfig({ greets: true, greeting: { "zh-CN": "需要帮忙吗？", en: "May I help?" } });
  const context = { ...landing, greeted: true };
  const { conversation } = await postVisitorMessage(visitor, { clientId: "page-2", parts, context });
  const said = (await listPublicMessages(visitor, conversation.id, { limit: 10 })).items;
  expect(said.map(({ author, parts: [part] }) => [author.kind, part])).toEqual([
    ["bot", { type: "text", text: "需要帮忙吗？" }],
    ["visitor", { type: "text", text: "你好" }],
  ]);
  expect((await getCustomer(agent, visitor.actor.customerId)).context).not.toHaveProperty("greeted");
});

it("nobody is greeted whose shop does not greet, whatever their page says", async () => {
  const context = { greeted: true };
  const { conversation } = await postVisitorMessage(visitor, { clientId: "page-3", parts, context });
  expect((await listPublicMessages(visitor, conversation.id, { limit: 10 })).items).toHaveLength(1);
});

it("the greeting is told to the widget only where there is one, and somebody to answer if that is wanted", async () => {
  const ask = () => greetingScript(new Request(`https://help.example/chat/greeting?channel=${shop.channelId}&lang=en`));
  expect(await ask()).toBe("");
  await setConfig({ greets: true, greeting: { en: "Hi </script>" }, greetingPages: ["/cart*"] });
  expect(await ask()).toBe("");
  const here = eq(memberships.id, agent.actor.agentId);
  await desk.db.update(memberships).set({ presence: "online" }).where(here);
  expect(await ask()).toContain('"afterSeconds":20,"pages":["/cart*"]');
  await desk.db.update(memberships).set({ presence: "offline" }).where(here);
  expect(await ask()).toBe("");
  await setConfig({ greets: true, greeting: { en: "Hi" }, greetingOnline: false });
  expect(await ask()).toContain('"text":"Hi"');
  expect(await greetingScript(new Request("https://help.example/chat/greeting"))).toBe("");
});
