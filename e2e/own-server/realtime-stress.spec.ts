import { expect, test } from "@playwright/test";
import { wordsIn } from "../journeys/visitor-page";
import { StressedDesk } from "./stressed-desk";

const port = Number(process.env["E2E_PORT"] ?? 4180) + 21;

const it = test.extend<object, { desk: StressedDesk }>({
  desk: [
    async ({ browser }, use) => {
      const desk = await StressedDesk.start(browser, port);
      await use(desk);
      await desk.end();
    },
    { scope: "worker", timeout: 170_000 },
  ],
});

it.describe.configure({ mode: "serial" });

it("brings three tabs, a second device and the customer to what the database has after the server was gone", async ({
  desk,
}) => {
  const { lin } = desk.shop;
  const first = await desk.agent(lin);
  const elsewhere = await desk.agent(lin);
  const visitor = await desk.visitor();
  await first.goOnline();
  await visitor.say("before 1");
  await first.open("before 1");
  await first.say("reply 2");
  const second = await desk.tabOf(first);
  await second.open("reply 2");
  const third = await desk.tabOf(first);
  await elsewhere.open("reply 2");

  await desk.stopServer();
  await visitor.say("while down 3");
  await visitor.say("while down 4");
  // Two tabs of one browser write while nothing answers, and one of them is loaded anew once the server is back.
  await first.say("from the first tab 5");
  await second.say("from the second tab 6");
  await desk.startServer();

  await expect(third.row("6").or(third.row("5")).or(third.row("4"))).toBeVisible({ timeout: 30_000 });
  await expect(async () => expect(await desk.stored("before 1")).toHaveLength(6)).toPass({ timeout: 40_000 });
  await second.page.reload();
  await third.list.getByRole("link").first().click();
  await desk.expectEqual("before 1", [first, second, third, elsewhere], [visitor]);
});

it("shows what came while the live connection was cut but the server was well", async ({ desk }) => {
  const { lin } = desk.shop;
  const agent = await desk.agent(lin);
  const visitor = await desk.visitor();
  await agent.goOnline();
  await visitor.say("hello again 1");
  await agent.open("hello again 1");

  await agent.page.context().setOffline(true);
  await expect(agent.page.getByText(wordsIn("zh-CN", "shell")("offline")).first()).toBeVisible();
  for (const text of ["missed 2", "missed 3", "missed 4"]) {
    await visitor.say(text);
    await visitor.delivered();
  }
  await agent.say("written offline 5");
  await agent.page.context().setOffline(false);
  await expect(visitor.lines("written offline 5")).toHaveCount(1, { timeout: 20_000 });
  await desk.expectEqual("hello again 1", [agent], [visitor]);
});

it("is right after the laptop slept, and counts what was not read", async ({ desk }) => {
  const { lin } = desk.shop;
  const agent = await desk.agent(lin);
  const visitor = await desk.visitor();
  await agent.goOnline();
  await visitor.say("good evening 1");
  await agent.open("good evening 1");
  await agent.tab("all").click();

  const session = await agent.page.context().newCDPSession(agent.page);
  await session.send("Page.setWebLifecycleState", { state: "frozen" });
  for (let number = 2; number <= 12; number += 1) {
    await visitor.say(`asleep ${number}`);
  }
  await visitor.delivered();
  await expect(async () => expect(await desk.stored("good evening 1")).toHaveLength(12)).toPass();
  await session.send("Page.setWebLifecycleState", { state: "active" });
  await desk.expectEqual("good evening 1", [agent], [visitor]);
  await expect(async () => {
    const [row] = await desk.query<{ unread_count: number }>(
      "select unread_count from conversations where last_message_preview = $1",
      ["asleep 12"],
    );
    expect(row?.unread_count).toBe(0);
  }).toPass();
});

it("keeps one order for two people of the shop and a customer who all write at once", async ({ desk }) => {
  const { lin, zhou } = desk.shop;
  await desk.query(
    "update memberships set role = 'supervisor' where user_id = (select id from users where email = $1)",
    [zhou.email],
  );
  const agent = await desk.agent(lin);
  const supervisor = await desk.agent(zhou);
  const visitor = await desk.visitor();
  await agent.goOnline();
  await visitor.say("all at once 1");
  await agent.open("all at once 1");
  await supervisor.tab("all").click();
  await supervisor.open("all at once 1");

  await Promise.all([
    (async () => {
      await agent.say("agent 102");
      await agent.say("agent 103");
    })(),
    supervisor.writeNote("supervisor 104"),
    (async () => {
      await visitor.say("customer 105");
      await visitor.say("customer 106");
    })(),
  ]);
  await expect(async () => expect(await desk.stored("all at once 1")).toHaveLength(6)).toPass();
  await desk.expectEqual("all at once 1", [agent, supervisor], []);
});
