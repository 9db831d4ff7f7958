import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postVisitorMessage } from "@/lib/conversations/visitor-service";
import { newId } from "@/lib/core/ids";
import { hmacHex } from "@/lib/platform/crypto/sign";
import { realtimeChannel } from "@/lib/platform/realtime/channels";
import { createVisitor, type VisitorContext } from "@/lib/testing/actors";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { serveFrom, sessionCookie, visitorToken } from "@/lib/testing/environment";
import { authoriseChannel, authoriseUser } from "./realtime-auth";

const SOCKET = "123.456";
const ORIGIN = "http://localhost:3000";

describe("who may listen where (T40)", () => {
  let fixture: DeskFixture;
  let visitor: VisitorContext;
  let stranger: VisitorContext;
  let agent: AgentContext;
  let foreigner: AgentContext;
  let conversationId: string;

  beforeAll(async () => {
    fixture = await createDeskFixture();
    serveFrom(fixture.db);
    const shop = await fixture.merchant();
    visitor = await createVisitor(fixture, shop);
    stranger = await createVisitor(fixture, shop);
    agent = await fixture.agent(shop.merchantId);
    foreigner = await fixture.agent((await fixture.merchant()).merchantId);
    const posted = await postVisitorMessage(visitor, {
      clientId: newId("client"),
      parts: [{ type: "text", text: "在吗" }],
    });
    conversationId = posted.conversation.id;
  });
  afterAll(() => fixture.end());

  function ask(channel: string, headers: Record<string, string>, socketId = SOCKET): Promise<Response> {
    const body = new URLSearchParams({ socket_id: socketId, channel_name: channel });
    return authoriseChannel(
      new Request(`${ORIGIN}/api/v1/realtime/auth`, { method: "POST", headers: { origin: ORIGIN, ...headers }, body }),
    );
  }
  const asVisitor = (who: VisitorContext) => ({ authorization: `Bearer ${visitorToken(who)}` });
  const asAgent = async (who: AgentContext) => ({ cookie: await sessionCookie(who.actor.userId) });

  it("signs the visitor's own conversation, with the protocol's signature", async () => {
    const channel = realtimeChannel.visitor(conversationId);
    const answer = await ask(channel, asVisitor(visitor));
    expect(await answer.json()).toEqual({
      auth: `yingda-key:${hmacHex("test-realtime-secret", `${SOCKET}:${channel}`)}`,
    });
  });

  it("refuses a visitor every other channel, also the agents' side of the own conversation", async () => {
    const { merchantId, agentId } = agent.actor;
    for (const channel of [
      realtimeChannel.conversation(conversationId),
      realtimeChannel.desk(merchantId),
      realtimeChannel.agent(agentId),
      realtimeChannel.visitor(newId("conversation")),
      "presence-admin",
      "private-encrypted-x",
      "",
    ]) {
      expect((await ask(channel, asVisitor(visitor))).status).toBe(403);
    }
    expect((await ask(realtimeChannel.visitor(conversationId), asVisitor(stranger))).status).toBe(403);
  });

  it("lets an agent hear the own merchant and the own name only", async () => {
    const own = [
      realtimeChannel.conversation(conversationId),
      realtimeChannel.desk(agent.actor.merchantId),
      realtimeChannel.agent(agent.actor.agentId),
    ];
    for (const channel of own) {
      expect((await ask(channel, await asAgent(agent))).status).toBe(200);
      expect((await ask(channel, await asAgent(foreigner))).status).toBe(403);
    }
    expect((await ask(realtimeChannel.agent(foreigner.actor.agentId), await asAgent(agent))).status).toBe(403);
    expect((await ask(realtimeChannel.visitor(conversationId), await asAgent(agent))).status).toBe(403);
  });

  it.each(["1.1:presence-admin", "1.1:", "x", "", "1.1\n1.2", "1"])(
    "never signs for the socket id %j",
    async (socketId) => {
      expect((await ask(realtimeChannel.visitor(conversationId), asVisitor(visitor), socketId)).status).toBe(403);
    },
  );

  it("answers 401 without a session, with a forged token, and 403 to a foreign page with the cookie", async () => {
    const channel = realtimeChannel.desk(agent.actor.merchantId);
    expect((await ask(channel, {})).status).toBe(401);
    expect((await ask(channel, { authorization: `Bearer ${visitorToken(visitor).slice(0, -2)}xx` })).status).toBe(401);
    expect((await ask(channel, { ...(await asAgent(agent)), origin: "https://evil.example" })).status).toBe(403);
    expect((await ask(channel, { cookie: await sessionCookie(agent.actor.userId, 2) })).status).toBe(401);
  });

  it("signs in agents only, as themselves", async () => {
    const signIn = (headers: Record<string, string>) =>
      authoriseUser(
        new Request(`${ORIGIN}/api/v1/realtime/user-auth`, {
          method: "POST",
          headers: { origin: ORIGIN, ...headers },
          body: new URLSearchParams({ socket_id: SOCKET, user_data: '{"id":"usr_somebody_else"}' }),
        }),
      );
    const answer = (await (await signIn(await asAgent(agent))).json()) as { user_data: string };
    expect(JSON.parse(answer.user_data)).toMatchObject({ id: agent.actor.userId });
    expect((await signIn(asVisitor(visitor))).status).toBe(403);
  });
});
