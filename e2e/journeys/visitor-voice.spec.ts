import { expect, test } from "@playwright/test";
import { AgentPage } from "./agent-page";
import { openOwnShop } from "./own-shop";
import { expectAccessible, VisitorPage, wordsIn } from "./visitor-page";

test("a voice note is recorded, listened to, sent, and played at the desk; without leave it is told @once", async ({
  page,
  browser,
  locale,
  viewport,
  baseURL,
}) => {
  const shop = await openOwnShop();
  const context = await browser.newContext({ locale, viewport, baseURL });
  const chat = await context.newPage();
  // A microphone that hums: what a browser records of it is a real recording.
  await chat.addInitScript(() => {
    const given = { refuse: true };
    Object.assign(window, { given });
    navigator.mediaDevices.getUserMedia = async () => {
      if (given.refuse) {
        throw new DOMException("no", "NotAllowedError");
      }
      const sound = new AudioContext();
      const hum = sound.createOscillator();
      const out = sound.createMediaStreamDestination();
      hum.connect(out);
      hum.start();
      return out.stream;
    };
  });
  await chat.goto(`/chat?channel=${shop.channelId}`);
  const t = wordsIn(locale, "chat");
  const visitor = new VisitorPage(chat, t);
  const button = (key: string) => chat.getByRole("button", { name: t(`voice.${key}`), exact: true });
  await button("record").click();
  await expect(chat.getByText(t("voice.denied"))).toBeVisible();
  await expect(visitor.field).toBeVisible();

  await chat.evaluate(() => Object.assign((window as unknown as { given: object }).given, { refuse: false }));
  await button("record").click();
  // Two seconds or more: on a busy machine nobody looks in every second.
  await expect(chat.getByRole("timer")).toContainText(/(?!0:0[01] )\d:\d\d \//);
  await expectAccessible(chat);
  await button("stop").click();
  await button("play").click();
  await expect(button("pause")).toBeVisible();
  await button("send").click();
  await visitor.delivered();
  await expect(visitor.log.getByRole("button", { name: t("voice.play"), exact: true })).toBeVisible();

  const agent = new AgentPage(page, locale);
  await agent.signIn(shop.lin);
  await agent.goOnline();
  await agent.row("🎤").click();
  const play = agent.log.getByRole("button", { name: agent.t("voice.play"), exact: true });
  await play.click();
  await expect(agent.log.getByRole("button", { name: agent.t("voice.pause"), exact: true })).toBeVisible();
  await expectAccessible(page);
  await context.close();
});
