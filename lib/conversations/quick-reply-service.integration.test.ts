import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { updateQuickReply as updateContract } from "./quick-reply-contracts";
import {
  countQuickReplyUse,
  createQuickReply,
  deleteQuickReply,
  listQuickReplies,
  updateQuickReply,
} from "./quick-reply-service";

const input = { folder: "问候", shortcut: "hi", title: "问好", text: "您好 {{customer.name}}", language: "zh-CN" };

describe("quick replies", () => {
  let fixture: DeskFixture;
  let lin: AgentContext;
  let zhou: AgentContext;
  let supervisor: AgentContext;
  let stranger: AgentContext;

  beforeAll(async () => {
    fixture = await createDeskFixture();
    const { merchantId } = await fixture.merchant();
    lin = await fixture.agent(merchantId);
    zhou = await fixture.agent(merchantId, "agent", "小周");
    supervisor = await fixture.agent(merchantId, "supervisor", "老吴");
    stranger = await fixture.agent((await fixture.merchant()).merchantId, "admin");
  });
  afterAll(() => fixture.end());

  it("keeps an agent's own replies to that agent, and shows the merchant's to all, most used first", async () => {
    const own = await createQuickReply(lin, { ...input, personal: true });
    const shared = await createQuickReply(supervisor, { ...input, title: "退款", personal: false });
    await countQuickReplyUse(lin, shared.id);
    expect((await listQuickReplies(lin)).map(({ id }) => id)).toEqual([shared.id, own.id]);
    expect((await listQuickReplies(zhou)).map(({ id, usedCount }) => ({ id, usedCount }))).toEqual([
      { id: shared.id, usedCount: 1 },
    ]);
    expect(await listQuickReplies(stranger)).toEqual([]);
  });

  it("lets only supervisors and admins touch shared replies", async () => {
    const shared = await createQuickReply(supervisor, { ...input, personal: false });
    const refused = { code: "forbidden", reason: "quick_reply_shared" };
    await expect(createQuickReply(lin, { ...input, personal: false })).rejects.toMatchObject(refused);
    await expect(updateQuickReply(lin, shared.id, { title: "x" })).rejects.toMatchObject(refused);
    await expect(deleteQuickReply(lin, shared.id)).rejects.toMatchObject(refused);
  });

  it("hides another agent's and another merchant's replies as if there were none (T39)", async () => {
    const own = await createQuickReply(lin, { ...input, personal: true });
    const missing = { code: "not_found", reason: "quick_reply_not_found" };
    for (const other of [zhou, supervisor, stranger]) {
      await expect(updateQuickReply(other, own.id, { title: "x" })).rejects.toMatchObject(missing);
      await expect(deleteQuickReply(other, own.id)).rejects.toMatchObject(missing);
      await expect(countQuickReplyUse(other, own.id)).rejects.toMatchObject(missing);
    }
  });

  it("changes only what was sent: a change of the title leaves folder and language as they are", async () => {
    const own = await createQuickReply(lin, { ...input, language: "en", personal: true });
    const body = updateContract.body.parse({ title: "新标题" });
    expect(await updateQuickReply(lin, own.id, body)).toEqual({ ...own, title: "新标题" });
  });

  it("deletes", async () => {
    const own = await createQuickReply(zhou, { ...input, personal: true });
    await deleteQuickReply(zhou, own.id);
    expect((await listQuickReplies(zhou)).some(({ id }) => id === own.id)).toBe(false);
  });
});
