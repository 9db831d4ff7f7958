import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { realtimeChannel } from "@/lib/platform/realtime/channels";
import { installRealtimeHub } from "@/lib/platform/realtime/server/hub-singleton";
import { ProbeClient } from "@/lib/platform/realtime/server/testing/probe-client";
import { startServer, type TestServer } from "@/lib/platform/realtime/server/testing/server-fixture";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { getLiveNumbers } from "./live-queries";

let desk: DeskFixture;
let realtime: TestServer;
let shop: { merchantId: string; channelId: string };
let admin: AgentContext;

beforeAll(async () => {
  desk = await createDeskFixture();
  realtime = await startServer();
  installRealtimeHub(realtime.realtime.hub);
  shop = await desk.merchant();
  admin = await desk.agent(shop.merchantId, "admin");
});
afterAll(async () => {
  installRealtimeHub(undefined);
  await realtime.stop();
  await desk.end();
});

/** A page of the chat that is open on a conversation. */
async function openPage(conversationId: string): Promise<ProbeClient> {
  const page = await ProbeClient.open(realtime.port);
  const channel = realtimeChannel.visitor(conversationId);
  const { auth } = realtime.pusher.authorizeChannel(page.socketId, channel);
  page.send({ event: "pusher:subscribe", data: { channel, auth } });
  await page.next("pusher_internal:subscription_succeeded");
  return page;
}
const visitors = async (who = admin) => (await getLiveNumbers(who)).visitors;

it("visitors are who has the chat open now, who came today, and all; of one's own merchant, each person once (N2)", async () => {
  const other = await desk.merchant();
  const stranger = await desk.agent(other.merchantId, "admin");
  const [first, second] = [await desk.customer(shop), await desk.customer(shop)];
  const one = await desk.conversation({ ...shop, ...first });
  const two = await desk.conversation({ ...shop, ...second });
  const theirs = await desk.conversation({ ...other, ...(await desk.customer(other)) });
  expect(await visitors()).toEqual({ online: 0, today: 2, total: 2 });
  const pages = [await openPage(one), await openPage(one), await openPage(two), await openPage(theirs)];
  expect(await visitors()).toEqual({ online: 2, today: 2, total: 2 });
  expect((await visitors(stranger)).online).toBe(1);
  pages[2]?.socket.close();
  await vi.waitUntil(async () => (await visitors()).online === 1, { timeout: 20_000 });
  for (const page of pages) {
    page.socket.close();
  }
  await vi.waitUntil(async () => (await visitors()).online === 0, { timeout: 20_000 });
});

it("where the realtime server cannot be asked nobody is guessed to be there", async () => {
  installRealtimeHub(undefined);
  try {
    vi.stubEnv("PORT", "1");
    expect((await visitors()).online).toBeNull();
  } finally {
    installRealtimeHub(realtime.realtime.hub);
  }
});
