import { eq, sql } from "drizzle-orm";
import { expect, vi } from "vitest";
import { rowsOf } from "@/db/client";
import { messages } from "@/db/schema/conversations";
import { memberships } from "@/db/schema/identity";
import { listChannelEventsOperation } from "@/lib/channels/operations";
import { createChannel } from "@/lib/channels/service";
import { channelStream } from "@/lib/composition/channel-stream";
import { uploadEndpoint } from "@/lib/composition/file-endpoints";
import { webhookEndpoint } from "@/lib/composition/webhook-endpoint";
import { postAppMessageOperation, postAppTypingOperation } from "@/lib/conversations/app-operations";
import { claimOperation, postReplyOperation } from "@/lib/conversations/operations";
import { newId } from "@/lib/core/ids";
import { defineRoute } from "@/lib/web/define-route";
import { signWebhook, Yingda } from "@/public/sdk/yingda";
import { systemContext } from "./actors";
import { APP_URL, type ApiFixture, type Credentials, createApiFixture } from "./api-fixture";
import { drainJobs, finishJobs, hurryJobs } from "./due-jobs";
import { startWebhookReceiver, type WebhookReceiver } from "./stubs/webhook-receiver";

/** The SDK's requests, answered by this process as a server would. */
export const inProcess: typeof fetch = async (input, init) => {
  const request = new Request(String(input), init);
  const [, id = "", path = ""] = /\/channels\/([^/]+)\/(\w+)/.exec(new URL(request.url).pathname) ?? [];
  if (path === "stream") {
    return channelStream(request, { id });
  }
  if (path === "") {
    return uploadEndpoint(["agent", "key"])(request);
  }
  const operations = { messages: postAppMessageOperation, typing: postAppTypingOperation };
  const operation = operations[path as keyof typeof operations] ?? listChannelEventsOperation;
  return defineRoute(operation)(request, { params: Promise.resolve({ id }) });
};

/** A merchant with an API channel, an agent on duty, and the integrator's own server as a stub. */
export class AppFixture {
  private constructor(
    readonly api: ApiFixture,
    readonly receiver: WebhookReceiver,
    readonly merchantId: string,
    readonly channelId: string,
    public signingSecret: string,
    readonly agent: Credentials,
    readonly admin: Credentials,
    readonly sdk: Yingda,
  ) {}

  /**
   * @param config of the channel, beside the address of the stub
   * @param hosts others that may be asked
   */
  static async create(
    config: Readonly<Record<string, unknown>> = {},
    hosts: readonly string[] = [],
  ): Promise<AppFixture> {
    const receiver = await startWebhookReceiver();
    vi.stubEnv("OUTGOING_ALLOW_HOSTS", [new URL(receiver.url).host, ...hosts].join(","));
    const api = await createApiFixture();
    const { merchantId } = await api.desk.merchant();
    const made = await createChannel(systemContext(api.desk, merchantId), {
      type: "api",
      name: "App",
      config: { webhookUrl: `${receiver.url}/hook`, ...config },
    });
    const channelId = made.channel.id;
    const agent = (await api.signedIn(merchantId, "agent")).as;
    const admin = (await api.signedIn(merchantId, "admin")).as;
    await api.desk.db
      .update(memberships)
      .set({ presence: "online", capacity: 50 })
      .where(eq(memberships.role, "agent"));
    const { secret } = await api.key(merchantId, ["conversations.reply", "channels.read"]);
    const sdk = new Yingda({ baseUrl: APP_URL, channelId, apiKey: secret, fetch: inProcess });
    const signingSecret = made.issued["signingSecret"] ?? "";
    return new AppFixture(api, receiver, merchantId, channelId, signingSecret, agent, admin, sdk);
  }

  async end(): Promise<void> {
    await this.api.end();
    await this.receiver.stop();
  }

  /** The integrator's signed webhook. */
  async post(body: object, secret = this.signingSecret): Promise<Response> {
    const text = JSON.stringify(body);
    const headers = { "content-type": "application/json", "x-yingda-signature": await signWebhook(text, secret) };
    const { channelId } = this;
    const url = `${APP_URL}/api/webhooks/${channelId}`;
    return webhookEndpoint(new Request(url, { method: "POST", headers, body: text }), { channelId });
  }

  /** Runs what is due until nothing is left. */
  drain(): Promise<void> {
    return drainJobs(this.api.desk.db);
  }

  /** Does all that the customer would notice, however many tries it takes. */
  finish(): Promise<void> {
    return finishJobs(this.api.desk.db);
  }

  /** As if the time of every next try had come. */
  async hurry(): Promise<void> {
    await rowsOf(this.api.desk.db, sql`update channel_events set next_attempt_at = null where outcome = 'waiting'`);
    await hurryJobs(this.api.desk.db);
    await this.drain();
  }

  /** The agent takes the conversation and answers. @returns the message's id */
  async reply(conversationId: string, text: string): Promise<string> {
    const params = { id: conversationId };
    await this.api.call(claimOperation, { as: this.agent, params });
    const body = { clientId: newId("client"), parts: [{ type: "text" as const, text }] };
    const response = await this.api.call(postReplyOperation, { as: this.agent, params, body });
    expect(response.status).toBe(201);
    return ((await response.json()) as { id: string }).id;
  }

  async messages(conversationId?: string): Promise<(typeof messages.$inferSelect)[]> {
    const rows = await this.api.desk.db.select().from(messages).orderBy(messages.createdAt, messages.seq);
    return conversationId === undefined ? rows : rows.filter((row) => row.conversationId === conversationId);
  }

  /** Bodies that the integrator got, in order. */
  told(): Record<string, unknown>[] {
    return this.receiver.received.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
  }
}
