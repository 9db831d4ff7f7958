import { expect, test as it } from "@playwright/test";
import { connect } from "@/db/client";
import { aiProviders } from "@/db/schema/bot";
import { settings } from "@/db/schema/operations";
import { newId } from "@/lib/core/ids";
import { startOpenAiServer } from "@/lib/testing/stubs/openai";
import { AgentPage } from "./agent-page";
import { databaseUrl, openOwnShop } from "./own-shop";
import { expectAccessible, VisitorPage, wordsIn } from "./visitor-page";

const ENGLISH = "Where is my parcel?";
const IN_CHINESE = "我的包裹在哪里？";
const CHINESE = "昨天已经发货了。";
const IN_ENGLISH = "It was shipped yesterday.";

it("a customer writes English, an agent Chinese, and each reads their own; the original is one click away @desktop", async ({
  page,
  browser,
  locale,
  viewport,
  baseURL,
}, { parallelIndex }) => {
  const { merchantId, channelId, lin } = await openOwnShop();
  const model = await startOpenAiServer(Number(new URL(baseURL ?? "").port) + 15 + parallelIndex);
  model.behave({ kind: "obedient", obey: (prompt) => (prompt.includes(ENGLISH) ? IN_CHINESE : IN_ENGLISH) });
  const db = connect(databaseUrl(), 1);
  const provider = { kind: "openai", name: "Model", baseUrl: model.baseUrl, model: "m" };
  await db.insert(aiProviders).values({ id: newId("provider"), merchantId, ...provider });
  await db.insert(settings).values({ merchantId, key: "translation", value: { enabled: true, agents: "zh-CN" } });
  await db.$client.end();
  const context = await browser.newContext({ locale: "en-US", viewport, baseURL });
  try {
    const agent = new AgentPage(page, locale);
    await agent.signIn(lin);
    await agent.goOnline();
    const visitor = new VisitorPage(await context.newPage(), wordsIn("en-US", "chat"));
    await context.pages()[0]?.goto(`/chat?channel=${channelId}`);
    await visitor.say(ENGLISH);
    await agent.row(ENGLISH).click();
    await expect(agent.log.getByText(IN_CHINESE)).toBeVisible();
    await agent.log.getByRole("button", { name: agent.t("translation.showOriginal") }).click();
    await expect(agent.log.getByText(ENGLISH)).toBeVisible();

    await agent.say(CHINESE);
    await expect(visitor.log.getByText(IN_ENGLISH)).toBeVisible();
    await visitor.log.getByRole("button", { name: visitor.t("thread.showOriginal") }).click();
    await expect(visitor.log.getByText(CHINESE)).toBeVisible();
    await expect(agent.log.getByText(CHINESE)).toBeVisible();
    await expectAccessible(page);
  } finally {
    await context.close();
    await model.stop();
  }
});
