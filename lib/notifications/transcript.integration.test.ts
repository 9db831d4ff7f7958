import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:net";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { rowsOf } from "@/db/client";
import { postReply } from "@/lib/conversations/agent-service";
import { postVisitorMessage } from "@/lib/conversations/visitor-service";
import { updateSettings } from "@/lib/settings/service";
import { createVisitor, systemContext, type VisitorContext } from "@/lib/testing/actors";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { mailServerStub } from "@/lib/testing/stubs/mail-server";
import { alertSettings } from "./alert-settings-schema";
import { transcriptJob } from "./transcript-job";
import { canMailTranscripts, requestTranscript } from "./transcript-service";

let desk: DeskFixture;
let mails: string[];
let server: Server;
let port: number;
let shop: { merchantId: string; channelId: string };
let visitor: VisitorContext;
let boss: AgentContext;
let id: string;

beforeAll(async () => {
  mails = [];
  server = createServer(mailServerStub((mail) => mails.push(mail)));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  port = (server.address() as AddressInfo).port;
  vi.stubEnv("OUTGOING_ALLOW_HOSTS", `127.0.0.1:${port}`);
  desk = await createDeskFixture();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  server.close();
  await desk.end();
});
beforeEach(async () => {
  mails.length = 0;
  shop = await desk.merchant();
  boss = await desk.agent(shop.merchantId, "admin", "小林");
  visitor = await createVisitor(desk, shop);
  const said = await postVisitorMessage(visitor, {
    clientId: "transcript-1",
    parts: [{ type: "text", text: "My parcel is late" }],
  });
  id = said.conversation.id;
});

const setUpMail = () =>
  updateSettings(boss, shop.merchantId, alertSettings, {
    patch: { smtpHost: "127.0.0.1", smtpPort: port, smtpSecure: false, smtpFrom: "yingda@shop.example" },
  });
const reply = (text: string, visibility: "public" | "internal" = "public") =>
  postReply(boss, id, { clientId: `transcript-${text}`, visibility, parts: [{ type: "text", text }] });

/** Runs the jobs that wait. */
async function send(): Promise<void> {
  const jobs = await rowsOf<{ payload: unknown }>(
    desk.db,
    sql`select j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
        where t.identifier = 'notifications.mail_transcript' and j.payload ->> 'conversationId' = ${id} order by j.id`,
  );
  for (const { payload } of jobs) {
    await transcriptJob.handle(transcriptJob.schema.parse(payload), systemContext(desk, shop.merchantId));
  }
}

describe("a conversation by mail", () => {
  it("has what both sides wrote, in order, and nothing that was internal", async () => {
    await setUpMail();
    await reply("It leaves today");
    await reply("Customer seems upset", "internal");
    await requestTranscript({ ...visitor, locale: "en" }, id, "someone@example.com");
    await send();
    expect(mails).toHaveLength(1);
    const [mail = ""] = mails;
    expect(mail).toContain("To: someone@example.com");
    expect(mail.indexOf("My parcel is late")).toBeGreaterThan(0);
    expect(mail.indexOf("It leaves today")).toBeGreaterThan(mail.indexOf("My parcel is late"));
    expect(mail).not.toContain("upset");
  });

  it("is not offered where no mail server is set up", async () => {
    await reply("Hello");
    expect(await canMailTranscripts(visitor, shop.merchantId)).toBe(false);
    await expect(requestTranscript(visitor, id, "a@example.com")).rejects.toMatchObject({ reason: "mail_not_set_up" });
  });

  it("is sent three times at most, also when asked ten times at once, and not before anybody replied", async () => {
    await setUpMail();
    await expect(requestTranscript(visitor, id, "a@example.com")).rejects.toMatchObject({ reason: "transcript_empty" });
    await reply("Hello");
    const asked = await Promise.allSettled(
      Array.from({ length: 10 }, () => requestTranscript(visitor, id, "a@example.com")),
    );
    expect(asked.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
    await send();
    expect(mails).toHaveLength(3);
  });

  it("is refused for a conversation of somebody else", async () => {
    await setUpMail();
    await reply("Hello");
    const stranger = await createVisitor(desk, shop);
    await expect(requestTranscript(stranger, id, "a@example.com")).rejects.toMatchObject({ code: "not_found" });
  });
});
