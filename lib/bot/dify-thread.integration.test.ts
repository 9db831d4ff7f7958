import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { aiThreads } from "@/db/schema/bot";
import { conversations } from "@/db/schema/conversations";
import { postVisitorMessage } from "@/lib/conversations/visitor-service";
import { newId } from "@/lib/core/ids";
import { createVisitor, systemContext } from "@/lib/testing/actors";
import { createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { type DifyServer, startDifyServer } from "@/lib/testing/stubs/dify";
import { answerVisitor } from "./answer";
import { providerInput } from "./provider-schema";
import { createProvider } from "./provider-service";

let desk: DeskFixture;
let dify: DifyServer;
beforeAll(async () => {
  desk = await createDeskFixture();
  dify = await startDifyServer();
  vi.stubEnv("OUTGOING_ALLOW_HOSTS", new URL(dify.baseUrl).host);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await dify.stop();
  await desk.end();
});

/** A visitor of a shop that knows nothing itself and has a Dify app. */
async function visit() {
  const shop = await desk.merchant();
  const boss = await desk.agent(shop.merchantId, "admin");
  const { baseUrl } = dify;
  const options = { streaming: true };
  await createProvider(boss, providerInput.parse({ name: "Dify", kind: "dify", baseUrl, apiKey: "app-test", options }));
  const visitor = await createVisitor(desk, shop);
  let id = "";
  return {
    id: () => id,
    say: async (text: string): Promise<void> => {
      const message = { clientId: newId("client"), parts: [{ type: "text" as const, text }] };
      id = (await postVisitorMessage(visitor, message)).conversation.id;
      const at = { conversationId: id, merchantId: shop.merchantId };
      await answerVisitor(systemContext(desk, shop.merchantId), at);
    },
    status: async () => (await desk.db.select().from(conversations).where(eq(conversations.id, id)))[0]?.status,
  };
}

const KNOWS = { words: ["鹦鹉每周洗一次澡。"], resources: ["鹦鹉每周洗一次澡"] };

it("goes on in Dify's conversation from turn to turn, and in a new one once the customer begins anew", async () => {
  dify.behave(KNOWS);
  const { say, id } = await visit();
  const kept = () => desk.db.select().from(aiThreads).where(eq(aiThreads.conversationId, id()));
  const before = dify.requests.length;
  await say("鹦鹉多久洗一次澡");
  const [first] = await kept();
  await say("鹦鹉洗澡用热水吗");
  const threads = dify.requests.slice(before).map(({ conversation_id: thread }) => thread);
  expect(threads).toEqual([undefined, first?.remoteId]);
  expect(first?.remoteId).toBeTruthy();
  await say("重新开始");
  expect(await kept()).toEqual([]);
  await say("鹦鹉几天洗一次澡");
  expect(dify.requests.at(-1)?.conversation_id).toBeUndefined();
  expect((await kept())[0]?.remoteId).not.toBe(first?.remoteId);
});

it("asks a service that failed once again, before a person is fetched", async () => {
  const { say, status } = await visit();
  dify.behave({ ...KNOWS, refuse: { status: 500, code: "internal", message: "down" } });
  await say("鹦鹉多久洗一次澡");
  dify.behave(KNOWS);
  await say("鹦鹉几天洗一次澡");
  expect(await status()).toBe("bot");
  dify.behave({ ...KNOWS, refuse: { status: 500, code: "internal", message: "down" } });
  await say("鹦鹉多久洗一次澡呢");
  await say("到底多久洗一次澡");
  expect(await status()).toBe("queued");
});
