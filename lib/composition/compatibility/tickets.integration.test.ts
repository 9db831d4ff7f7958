import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/core/ids";
import type { AnyOperation } from "@/lib/platform/http/handler";
import { type ApiFixture, type Credentials, createApiFixture } from "@/lib/testing/api-fixture";
import { createTicketOperation, listTicketEventsOperation } from "@/lib/tickets/operations";
import { sendMessageOperation } from "./operations";
import { listLegacyTicketsOperation, updateLegacyTicketOperation } from "./ticket-operations";

let api: ApiFixture;
let key: Credentials;
let agentId: string;
let first: { id: string; number: number };

async function ask<Answer = Record<string, unknown>>(operation: AnyOperation, call = {}) {
  const response = await api.call(operation, { as: key, ...call });
  return { httpStatus: response.status, ...((await response.json()) as Answer) };
}

beforeAll(async () => {
  api = await createApiFixture();
  const { merchantId } = await api.desk.merchant();
  key = (await api.key(merchantId, ["*"])).as;
  agentId = (await api.signedIn(merchantId, "agent")).actor.agentId;
  const said = await ask<{ conversation_id: string }>(sendMessageOperation, {
    body: { channel: "api", customer_id: "user_123", message: "我想退款" },
  });
  first = await ask(createTicketOperation, {
    body: { subject: "订单退款申请", type: "退款", priority: "high", conversationId: said.conversation_id },
  });
  await ask(createTicketOperation, { body: { subject: "发票", priority: "low" } });
});
afterAll(() => api.end());

describe("GET /api/tickets", () => {
  it("tells tickets by status and priority, with the fields of seed 003", async () => {
    const found = await ask(listLegacyTicketsOperation, { query: { status: "open", priority: "high" } });
    expect(found).toMatchObject({ httpStatus: 200, code: 200, next_cursor: null });
    expect(found["tickets"]).toEqual([
      {
        ticket_id: first.id,
        number: first.number,
        customer_id: "user_123",
        conversation_id: expect.stringMatching(/^cnv_/),
        title: "订单退款申请",
        type: "退款",
        priority: "high",
        status: "open",
        agent_id: null,
        created_at: expect.any(String),
        updated_at: expect.any(String),
      },
    ]);
    expect(await ask(listLegacyTicketsOperation)).toMatchObject({ tickets: [{}, {}] });
    const own = { query: { customer_id: "user_123" } };
    expect(await ask(listLegacyTicketsOperation, own)).toMatchObject({ tickets: [{ ticket_id: first.id }] });
    const unknown = { query: { customer_id: "nobody" } };
    expect(await ask(listLegacyTicketsOperation, unknown)).toMatchObject({ tickets: [] });
  });

  it("needs a key (401) and values there are (422)", async () => {
    expect((await api.call(listLegacyTicketsOperation)).status).toBe(401);
    for (const query of [{ status: "done" }, { priority: "9" }, { limit: "0" }]) {
      expect((await ask(listLegacyTicketsOperation, { query })).httpStatus).toBe(422);
    }
  });
});

describe("PUT /api/tickets/{id}", () => {
  const put = (id: string, body: unknown) => ask(updateLegacyTicketOperation, { params: { id }, body });

  it("changes the status with a comment, by id or number, as seed 003 does", async () => {
    const changed = await put(first.id, { status: "in_progress", comment: "正在处理" });
    expect(changed).toMatchObject({
      httpStatus: 200,
      code: 200,
      ticket: { ticket_id: first.id, status: "in_progress", customer_id: "user_123", resolution: "" },
    });
    const given = await put(`ticket_${first.number}`, { agent_id: agentId, title: "退款", priority: "urgent" });
    expect(given).toMatchObject({ ticket: { agent_id: agentId, title: "退款", priority: "urgent", type: "退款" } });
    const closed = await put(first.id, { status: "closed", resolution: "已成功退款", agent_id: null });
    expect(closed).toMatchObject({ ticket: { status: "closed", resolution: "已成功退款", agent_id: null } });
    const { items } = await ask<{ items: { text: string; actor: object }[] }>(listTicketEventsOperation, {
      params: { id: first.id },
    });
    expect(items.at(-2)).toMatchObject({ text: "正在处理", actor: { kind: "key", name: "test" } });
  });

  it("says what is wrong: a step there is not 409, no such ticket 404, a wrong value 422", async () => {
    expect(await put(first.id, { status: "resolved" })).toMatchObject({ httpStatus: 409, reason: "ticket_transition" });
    expect(await put(newId("ticket"), { status: "open" })).toMatchObject({ httpStatus: 404 });
    expect(await put(first.id, { agent_id: "agt_nobody" })).toMatchObject({
      httpStatus: 404,
      reason: "agent_not_found",
    });
    for (const body of [{ status: "done" }, { comment: "" }, { priority: 1 }, []]) {
      expect((await put(first.id, body)).httpStatus).toBe(422);
    }
    expect((await api.call(updateLegacyTicketOperation, { params: { id: first.id }, body: {} })).status).toBe(401);
  });
});
