import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { rowsOf } from "@/db/client";
import { changeGroup } from "@/lib/composition/settings-service";
import { emit } from "@/lib/platform/jobs/emit";
import { systemContext } from "@/lib/testing/actors";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { serveFrom } from "@/lib/testing/environment";
import { mailServerStub } from "@/lib/testing/stubs/mail-server";
import { createTicket } from "@/lib/tickets/service";
import { type AlertJob, fanOutAlert, sendAlert, testAlerts } from "./alert-service";
import { SINKS, type Sink } from "./alert-sinks";

interface Received {
  readonly path: string;
  readonly body: Record<string, unknown>;
}

let desk: DeskFixture;
let robots: Server;
let mailbox: ReturnType<typeof createTcpServer>;
let received: Received[] = [];
let mails: string[] = [];
/** What the robots answer. */
let answer: unknown = { code: 0, errcode: 0 };

const listening = (server: Server | ReturnType<typeof createTcpServer>): Promise<number> =>
  new Promise((done) => server.listen(0, "127.0.0.1", () => done((server.address() as AddressInfo).port)));

let robotPort: number;
let mailPort: number;
beforeAll(async () => {
  robots = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      received.push({ path: request.url ?? "", body: JSON.parse(Buffer.concat(chunks).toString()) });
      response.end(JSON.stringify(answer));
    });
  });
  mailbox = createTcpServer(mailServerStub((mail) => mails.push(mail)));
  [robotPort, mailPort] = [await listening(robots), await listening(mailbox)];
  vi.stubEnv("OUTGOING_ALLOW_HOSTS", `127.0.0.1:${robotPort},127.0.0.1:${mailPort}`);
  desk = await createDeskFixture();
  serveFrom(desk.db);
});
afterAll(async () => {
  await desk.end();
  robots.close();
  mailbox.close();
});
beforeEach(() => {
  [received, mails, answer] = [[], [], { code: 0, errcode: 0 }];
});

async function shop(values: Record<string, unknown>) {
  const place = await desk.merchant();
  const admin: AgentContext = await desk.agent(place.merchantId, "admin");
  const customer = await desk.customer(place);
  const conversationId = await desk.conversation({ ...place, ...customer });
  await changeGroup(admin, "alerts", { patch: values, version: 0 });
  const system = systemContext(desk, place.merchantId);
  const alert: AlertJob = { merchantId: place.merchantId, conversationId, event: "waiting", values: { minutes: 7 } };
  return { ...place, admin, system, alert, conversationId };
}

const everywhere = () => ({
  feishuAddress: `http://127.0.0.1:${robotPort}/feishu`,
  feishuSecret: "feishu secret",
  dingtalkAddress: `http://127.0.0.1:${robotPort}/dingtalk?access_token=t`,
  dingtalkSecret: "SEC1",
  wecomAddress: `http://127.0.0.1:${robotPort}/wecom?key=k`,
  mailTo: ["boss@shop.example"],
  smtpHost: "127.0.0.1",
  smtpPort: mailPort,
  smtpSecure: false,
  smtpFrom: "yingda@shop.example",
});

const jobs = () =>
  rowsOf<{ name: string; payload: { sink?: Sink; event: string } }>(
    desk.db,
    sql`select t.identifier as name, j.payload from graphile_worker._private_jobs j
        join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier like 'notifications.alert%' order by j.id`,
  );

describe("alerts outside of the product (P8)", () => {
  it("each robot gets what its platform asks for, signed as it asks, and the mailbox a mail", async () => {
    const { system, alert, conversationId } = await shop(everywhere());
    for (const sink of SINKS) {
      await sendAlert(system, { ...alert, sink });
    }
    const [feishu, dingtalk, wecom] = received;
    const sign = createHmac("sha256", `${String(feishu?.body["timestamp"])}\nfeishu secret`)
      .update("")
      .digest("base64");
    expect(feishu?.body).toMatchObject({ msg_type: "text", sign });
    const query = new URL(dingtalk?.path ?? "", "http://x").searchParams;
    const stamp = query.get("timestamp") ?? "";
    expect(query.get("access_token")).toBe("t");
    expect(query.get("sign")).toBe(createHmac("sha256", "SEC1").update(`${stamp}\nSEC1`).digest("base64"));
    expect(wecom?.path).toBe("/wecom?key=k");
    expect(JSON.stringify(wecom?.body)).toContain("陈同学 已经等了 7 分钟");
    expect(JSON.stringify(wecom?.body)).toContain(conversationId);
    expect(mails).toHaveLength(1);
    expect(mails[0]).toContain("To: boss@shop.example");
  });

  it("one that refuses is told apart by its own words, and fails its own job only", async () => {
    const { system, admin, alert } = await shop({ ...everywhere(), mailTo: [] });
    answer = { errcode: 310000, errmsg: "sign not match" };
    await expect(sendAlert(system, { ...alert, sink: "dingtalk" })).rejects.toThrow("sign not match");
    expect(await testAlerts(admin)).toEqual([
      { sink: "feishu", ok: false, detail: "200 310000 sign not match" },
      { sink: "dingtalk", ok: false, detail: "200 310000 sign not match" },
      { sink: "wecom", ok: false, detail: "200 310000 sign not match" },
    ]);
    await fanOutAlert(system, alert);
    expect((await jobs()).map(({ payload }) => payload.sink)).toEqual(["feishu", "dingtalk", "wecom"]);
  });

  it("of a ticket they hear its number and subject, with its address", async () => {
    const { system, admin, merchantId } = await shop({ wecomAddress: everywhere().wecomAddress });
    const { id } = await createTicket(admin, { subject: "耳机充不进电" }, { source: "person" });
    const alert = { merchantId, ticketId: id, event: "urgent_ticket", values: { number: 1 } } as const;
    await sendAlert(system, { ...alert, sink: "wecom" });
    const said = JSON.stringify(received[0]?.body);
    expect(said).toContain("紧急工单 #1");
    expect(said).toContain("耳机充不进电");
    expect(said).toContain(`/desk/tickets/${id}`);
  });

  it("private addresses are not reached, neither by robots nor by mail, and header injection has no line to begin", async () => {
    const { admin } = await shop({
      wecomAddress: "http://169.254.169.254/latest",
      smtpHost: "10.0.0.1",
      smtpFrom: "yingda@shop.example",
      mailTo: ["boss@shop.example"],
    });
    expect((await testAlerts(admin)).map(({ sink, detail }) => [sink, detail])).toEqual([
      ["wecom", "address not allowed"],
      ["mail", "address not allowed"],
    ]);
    const values = { mailTo: ["boss@shop.example\r\nBcc: everybody@shop.example"] };
    await expect(changeGroup(admin, "alerts", { patch: values, version: 1 })).rejects.toMatchObject({
      code: "invalid",
    });
    const named = await shop({ ...everywhere(), feishuAddress: "", dingtalkAddress: "", wecomAddress: "" });
    await desk.db.execute(
      sql`update merchants set name = ${"Shop\r\nBcc: everybody@shop.example"} where id = ${named.merchantId}`,
    );
    await sendAlert(named.system, { ...named.alert, sink: "mail" });
    expect(mails[0]).not.toMatch(/^Bcc:/m);
  });

  it("only what was chosen is told: a bad rating and a message left, not a good rating or a reminder of the agent", async () => {
    const { system, conversationId, merchantId } = await shop({ ...everywhere(), events: ["bad_rating"] });
    const before = (await jobs()).length;
    await desk.db.transaction(async (tx) => {
      const scope = { merchantId, at: new Date() };
      await emit(tx, scope, "conversation.rated", { conversationId, stars: 5 });
      await emit(tx, scope, "conversation.rated", { conversationId, stars: 1 });
      await emit(tx, scope, "conversation.message_left", { conversationId });
      await emit(tx, scope, "conversation.reminded", { conversationId, who: "agent", agentIds: [], minutes: 2 });
    });
    const queued = (await jobs()).slice(before);
    expect(queued.map(({ payload }) => payload.event)).toEqual(["bad_rating", "message_left"]);
    await fanOutAlert(system, { merchantId, conversationId, event: "message_left", values: {} });
    expect((await jobs()).length).toBe(before + queued.length);
  });
});
