import { eq, sql } from "drizzle-orm";
import { expect, vi } from "vitest";
import { rowsOf } from "@/db/client";
import { channels } from "@/db/schema/channels";
import { messages } from "@/db/schema/conversations";
import { memberships } from "@/db/schema/identity";
import { forgetChannel } from "@/lib/channels/lookup-queries";
import { webhookEndpoint } from "@/lib/composition/webhook-endpoint";
import { runDueJobs } from "@/lib/composition/worker";
import { claimOperation, postReplyOperation } from "@/lib/conversations/operations";
import { newId } from "@/lib/core/ids";
import { seal } from "@/lib/platform/crypto/seal";
import { APP_URL, type ApiFixture, type Credentials, createApiFixture } from "./api-fixture";
import { type MessageOfTest, messagesOf } from "./customer-messages";
import { drainJobs, finishJobs, hurryJobs } from "./due-jobs";
import { type PushOutcome, type PushTarget, push } from "./stubs/wechat/follower";
import { type PlatformStub, startPlatformStub } from "./stubs/wechat/platform-stub";

export const account = { appId: "wx1234567890abcdef", appSecret: "app secret of tests" };
const secrets = { token: "tok_cs_2026", encodingAesKey: "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG" };
let messageId = 8_000_000_000_000_000_000n;

/** A merchant with WeChat channels, an agent on duty, and WeChat itself as a stub. */
export class WechatFixture {
  private constructor(
    readonly api: ApiFixture,
    readonly stub: PlatformStub,
    readonly merchantId: string,
    readonly agent: Credentials,
    readonly channelId: string,
  ) {}

  /** @param hosts others that may be asked */
  static async create(hosts: readonly string[] = []): Promise<WechatFixture> {
    const stub = await startPlatformStub(account);
    vi.stubEnv("OUTGOING_ALLOW_HOSTS", [new URL(stub.url).host, ...hosts].join(","));
    const api = await createApiFixture();
    const { merchantId } = await api.desk.merchant();
    const agent = (await api.signedIn(merchantId, "agent")).as;
    await api.desk.db.update(memberships).set({ presence: "online", capacity: 50 });
    const fixture = new WechatFixture(api, stub, merchantId, agent, newId("channel"));
    await fixture.addChannel("wechat", fixture.channelId);
    return fixture;
  }

  async addChannel(
    type: "wechat" | "wechat-mini",
    id = newId("channel"),
    merchantId = this.merchantId,
  ): Promise<string> {
    await this.api.desk.db.insert(channels).values({
      id,
      merchantId,
      type,
      name: type === "wechat" ? "公众号" : "小程序",
      config: { appId: account.appId, apiBase: this.stub.url, passiveWindow: 0 },
      sealedSecrets: seal(JSON.stringify({ appSecret: account.appSecret, ...secrets })),
    });
    return id;
  }

  async configure(config: Record<string, unknown>, id = this.channelId): Promise<void> {
    await this.api.desk.db
      .update(channels)
      .set({ config: { appId: account.appId, apiBase: this.stub.url, passiveWindow: 0, ...config } })
      .where(eq(channels.id, id));
    forgetChannel(id);
  }

  target(channelId = this.channelId): PushTarget {
    return {
      appId: account.appId,
      ...secrets,
      mode: "safe",
      ledger: this.stub.ledger,
      post: (query, body, contentType) => {
        const url = `${APP_URL}/api/webhooks/${channelId}?${query}`;
        const headers = { "content-type": contentType };
        return webhookEndpoint(new Request(url, { method: "POST", headers, body }), { channelId });
      },
    };
  }

  async end(): Promise<void> {
    await this.api.end();
    await this.stub.stop();
  }

  /** Runs what is due until nothing is left. */
  drain(): Promise<void> {
    return drainJobs(this.api.desk.db);
  }

  /** Does all that the customer would notice, however many tries it takes. */
  finish(): Promise<void> {
    return finishJobs(this.api.desk.db);
  }

  hurry(): Promise<void> {
    return hurryJobs(this.api.desk.db);
  }

  /** The customer writes, and it is read. */
  async say(openId: string, Content: string, more: Readonly<Record<string, string>> = {}): Promise<void> {
    messageId += 1n;
    const fields = { MsgType: "text", Content, MsgId: String(messageId), ...more };
    expect(await push(this.target(), openId, fields)).toMatchObject({ kind: "accepted" });
    await runDueJobs();
  }

  async act(openId: string, Event: string, more: Readonly<Record<string, string>> = {}): Promise<void> {
    await push(this.target(), openId, { MsgType: "event", Event, EventKey: "", ...more });
    await runDueJobs();
  }

  /**
   * Has one customer after the other ask, until one is replied to in the answer to their request: a worker on a busy machine
   * may come too late for the request, and the reply goes another way.
   *
   * @returns that customer, and what came of their push
   */
  async untilReplied(
    ask: (openId: string) => Promise<PushOutcome>,
  ): Promise<{ readonly openId: string; readonly outcome: PushOutcome }> {
    return vi.waitUntil(
      async () => {
        const openId = newId("customer");
        const outcome = await ask(openId);
        return outcome.kind === "replied" ? { openId, outcome } : undefined;
      },
      { timeout: 80_000, interval: 0 },
    );
  }

  ofCustomer(openId: string): Promise<MessageOfTest[]> {
    return messagesOf(this.api.desk.db, openId);
  }

  async said(openId: string): Promise<string[]> {
    return (await this.ofCustomer(openId)).filter((row) => row.authorKind === "visitor").map((row) => row.text);
  }

  sentTo(openId: string): string[] {
    return this.stub.sent.filter(({ touser }) => touser === openId).map(({ text }) => text);
  }

  async conversationOf(openId: string): Promise<string> {
    const [row] = await rowsOf<{ id: string }>(
      this.api.desk.db,
      sql`select c.id from conversations c join customer_identities i on i.id = c.identity_id
          where i.external_id = ${openId} order by c.created_at desc limit 1`,
    );
    return row?.id ?? "";
  }

  /** The agent takes the conversation and answers. */
  async tryReply(openId: string, text: string): Promise<Response> {
    const id = await this.conversationOf(openId);
    await this.api.call(claimOperation, { as: this.agent, params: { id } });
    const body = { clientId: newId("client"), parts: [{ type: "text" as const, text }] };
    return this.api.call(postReplyOperation, { as: this.agent, params: { id }, body });
  }

  /** @returns the message's id */
  async reply(openId: string, text: string): Promise<string> {
    const response = await this.tryReply(openId, text);
    expect(response.status).toBe(201);
    const { id } = (await response.json()) as { id: string };
    await runDueJobs();
    return id;
  }

  async stateOf(id: string): Promise<MessageOfTest | undefined> {
    const [row] = await this.api.desk.db.select().from(messages).where(eq(messages.id, id));
    return row;
  }
}
