import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { webhookDeliveries } from "@/db/schema/channels";
import { replayDeliveryOperation } from "@/lib/channels/operations";
import { claimOperation, resolveOperation } from "@/lib/conversations/operations";
import { AppFixture } from "@/lib/testing/app-fixture";

let app: AppFixture;

beforeAll(async () => {
  app = await AppFixture.create();
});
afterAll(() => app.end());

describe("a message whose conversation has ended", () => {
  it("stays one message, told again by webhook, by key, or by an admin's replay; none of it opens a conversation", async () => {
    const said = { id: "again-1", user_id: "again", text: "我的包裹呢" };
    await app.post(said);
    await app.drain();
    const [first] = (await app.messages()).filter(({ text }) => text === said.text);
    const params = { id: first?.conversationId ?? "" };
    await app.api.call(claimOperation, { as: app.agent, params });
    expect((await app.api.call(resolveOperation, { as: app.agent, params })).status).toBe(200);
    await app.drain();
    const count = (await app.messages()).length;

    const [delivery] = await app.api.desk.db.select().from(webhookDeliveries);
    const replay = { id: app.channelId, deliveryId: delivery?.id ?? "" };
    expect((await app.api.call(replayDeliveryOperation, { as: app.admin, params: replay })).status).toBe(200);
    expect((await app.post(said)).status).toBe(200);
    const sent = await app.sdk.send({ id: "again-1", userId: "again", text: said.text });
    await app.drain();
    expect(sent).toMatchObject({ id: first?.id, conversationId: params.id });
    expect(await app.messages()).toHaveLength(count);

    // Another message of theirs is one.
    const next = await app.sdk.send({ id: "again-2", userId: "again", text: "在吗" });
    expect(next.conversationId).not.toBe(params.id);
    await app.drain();
  });
});
