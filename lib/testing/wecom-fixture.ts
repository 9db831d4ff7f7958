import { sql } from "drizzle-orm";
import { expect, vi } from "vitest";
import { rowsOf } from "@/db/client";
import { channels } from "@/db/schema/channels";
import { messages } from "@/db/schema/conversations";
import { memberships } from "@/db/schema/identity";
import { webhookEndpoint } from "@/lib/composition/webhook-endpoint";
import { claimOperation, postReplyOperation } from "@/lib/conversations/operations";
import { newId } from "@/lib/core/ids";
import { seal } from "@/lib/platform/crypto/seal";
import { APP_URL, type ApiFixture, type Credentials, createApiFixture } from "./api-fixture";
import { type MessageOfTest, messagesOf } from "./customer-messages";
import { drainJobs, finishJobs, hurryJobs } from "./due-jobs";
import { type BellTarget, ring } from "./stubs/wecom/bell";
import { type KfStub, startKfStub } from "./stubs/wecom/kf-stub";

const account = { corpId: "ww12345678910abcd", corpSecret: "corp secret of tests", openKfId: "wkAJ2GCAAASSm4" };
const secrets = { token: "kfTok3n", encodingAesKey: "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG" };

interface Conversation {
  readonly id: string;
  readonly status: string;
  readonly assignee_id: string | null;
  readonly outside_owner: string | null;
}

/** A merchant with a WeCom channel, an agent on duty, and WeCom itself as a stub. */
export class WecomFixture {
  private constructor(
    readonly api: ApiFixture,
    readonly stub: KfStub,
    readonly merchantId: string,
    readonly channelId: string,
    readonly agent: Credentials,
    readonly target: BellTarget,
  ) {}

  static async create(): Promise<WecomFixture> {
    const stub = await startKfStub(account);
    vi.stubEnv("OUTGOING_ALLOW_HOSTS", new URL(stub.url).host);
    const api = await createApiFixture();
    const { merchantId } = await api.desk.merchant();
    const channelId = newId("channel");
    const { corpId, openKfId, corpSecret } = account;
    await api.desk.db.insert(channels).values({
      id: channelId,
      merchantId,
      type: "wecom",
      name: "微信客服",
      config: { corpId, openKfId, apiBase: stub.url, welcome: { "zh-CN": "欢迎光临" }, farewell: { "zh-CN": "再见" } },
      sealedSecrets: seal(JSON.stringify({ corpSecret, ...secrets })),
    });
    const agent = (await api.signedIn(merchantId, "agent")).as;
    await api.desk.db.update(memberships).set({ presence: "online", capacity: 50 });
    const post: BellTarget["post"] = (query, body) => {
      const url = `${APP_URL}/api/webhooks/${channelId}?${query}`;
      const headers = { "content-type": "text/xml" };
      return webhookEndpoint(new Request(url, { method: "POST", headers, body }), { channelId });
    };
    return new WecomFixture(api, stub, merchantId, channelId, agent, { corpId, ...secrets, stub, post });
  }

  async end(): Promise<void> {
    await this.api.end();
    await this.stub.stop();
  }

  /** Runs what is due until nothing is left: a lane lets one job through at a time. */
  drain(): Promise<void> {
    return drainJobs(this.api.desk.db);
  }

  /** Does all that the customer would notice, however many tries it takes. */
  finish(): Promise<void> {
    return finishJobs(this.api.desk.db);
  }

  /** Lets jobs that wait for their next try run now. */
  hurry(): Promise<void> {
    return hurryJobs(this.api.desk.db);
  }

  /** Nothing is left of the test before. */
  async settle(): Promise<void> {
    await this.hurry();
    await this.drain();
    this.stub.sent.length = 0;
    this.stub.calls.length = 0;
    this.stub.emptyPages = false;
    this.stub.pageSize = 1_000;
  }

  async ringAndRead(): Promise<void> {
    expect(await ring(this.target)).toBe(true);
    await this.drain();
  }

  ofCustomer(customer: string): Promise<MessageOfTest[]> {
    return messagesOf(this.api.desk.db, customer);
  }

  /** What the customer said, as it stands here. */
  async said(customer: string): Promise<string[]> {
    return (await this.ofCustomer(customer)).filter((row) => row.authorKind === "visitor").map((row) => row.text);
  }

  /** Keys of the notices in the customer's threads. */
  async noted(customer: string): Promise<string[]> {
    const notices = (await this.ofCustomer(customer)).filter((row) => row.authorKind === "system");
    return notices.flatMap((row) => row.parts.map((part) => String(part.key)));
  }

  sentTo(customer: string): string[] {
    return this.stub.sent.filter(({ touser }) => touser === customer).map(({ text }) => text);
  }

  async conversationOf(customer: string): Promise<Conversation> {
    const [row] = await rowsOf<Conversation>(
      this.api.desk.db,
      sql`select c.id, c.status, c.assignee_id, c.outside_owner from conversations c
          join customer_identities i on i.id = c.identity_id
          where i.external_id = ${customer} order by c.created_at desc limit 1`,
    );
    return row as Conversation;
  }

  /** The agent takes the conversation and answers. @returns the message's id */
  async reply(customer: string, text: string): Promise<string> {
    const { id } = await this.conversationOf(customer);
    await this.api.call(claimOperation, { as: this.agent, params: { id } });
    const body = { clientId: newId("client"), parts: [{ type: "text" as const, text }] };
    const response = await this.api.call(postReplyOperation, { as: this.agent, params: { id }, body });
    expect(response.status).toBe(201);
    return ((await response.json()) as { id: string }).id;
  }

  async stateOf(id: string): Promise<MessageOfTest | undefined> {
    const rows = await this.api.desk.db.select().from(messages);
    return rows.find((row) => row.id === id);
  }
}
