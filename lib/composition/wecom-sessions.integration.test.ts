import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { listOutsideColleaguesOperation, resolveOperation, transferOperation } from "@/lib/conversations/operations";
import type { ApiFixture, Credentials } from "@/lib/testing/api-fixture";
import { holdRetries } from "@/lib/testing/due-jobs";
import { type BellTarget, enter, happen, ring, writeText } from "@/lib/testing/stubs/wecom/bell";
import type { KfStub } from "@/lib/testing/stubs/wecom/kf-stub";
import { WecomFixture } from "@/lib/testing/wecom-fixture";

let wecom: WecomFixture;
let stub: KfStub;
let api: ApiFixture;
let agent: Credentials;
let target: BellTarget;

beforeAll(async () => {
  wecom = await WecomFixture.create();
  ({ stub, api, agent, target } = wecom);
  await holdRetries(api.desk.db);
});

afterAll(() => wecom.end());
beforeEach(() => wecom.settle());

describe("a conversation that ends here", () => {
  it("ends in WeCom, too, after the replies before it, with the farewell; the customer's next words open a session anew", async () => {
    writeText(stub, "wm-end", "在吗");
    await wecom.ringAndRead();
    await wecom.reply("wm-end", "已为您办好");
    const { id } = await wecom.conversationOf("wm-end");
    await api.call(resolveOperation, { as: agent, params: { id } });
    await wecom.drain();
    expect(stub.log.customer("wm-end").state).toBe(4);
    expect(stub.sent.filter(({ touser }) => touser === "wm-end").slice(-2)).toMatchObject([
      { text: "已为您办好", onEvent: false },
      { text: "再见", onEvent: false },
    ]);
    expect(await wecom.noted("wm-end")).toContain("channel_event.farewell");
    writeText(stub, "wm-end", "还有一事");
    await wecom.ringAndRead();
    expect((await wecom.conversationOf("wm-end")).id).not.toBe(id);
    expect(stub.log.customer("wm-end").state).toBe(1);
  });

  it("says farewell with the end where no message is left before it", async () => {
    writeText(stub, "wm-spent", "在吗");
    await wecom.ringAndRead();
    const { id } = await wecom.conversationOf("wm-spent");
    stub.log.customer("wm-spent").credit = 0;
    await api.call(resolveOperation, { as: agent, params: { id } });
    await wecom.drain();
    expect(stub.log.customer("wm-spent").state).toBe(4);
    expect(stub.sent.filter(({ touser }) => touser === "wm-spent").at(-1)).toMatchObject({
      text: "再见",
      onEvent: true,
    });
    expect((await wecom.noted("wm-spent")).filter((key) => key === "channel_event.farewell")).toHaveLength(1);
  });

  it("is left alone in WeCom while a servicer has it, and when the customer was quicker", async () => {
    for (const customer of ["wm-theirs", "wm-quick"]) {
      writeText(stub, customer, "在吗");
      await wecom.ringAndRead();
    }
    stub.log.customer("wm-theirs").state = 3;
    const theirs = await wecom.conversationOf("wm-theirs");
    await api.call(resolveOperation, { as: agent, params: { id: theirs.id } });
    await wecom.drain();
    expect(stub.log.customer("wm-theirs").state).toBe(3);
    const quick = await wecom.conversationOf("wm-quick");
    stub.trouble("/cgi-bin/kf/service_state/get", { errcode: -1 });
    await api.call(resolveOperation, { as: agent, params: { id: quick.id } });
    await wecom.drain();
    writeText(stub, "wm-quick", "等等");
    await wecom.ringAndRead();
    await wecom.hurry();
    await wecom.drain();
    expect(stub.log.customer("wm-quick").state).toBe(1);
  });
});

describe("who has the conversation", () => {
  it("a customer who enters is welcomed once, with the event's code", async () => {
    enter(stub, "wm-enter");
    await ring(target);
    await wecom.ringAndRead();
    expect(stub.sent).toMatchObject([{ touser: "wm-enter", text: "欢迎光临", onEvent: true }]);
    expect(await wecom.noted("wm-enter")).toContain("channel_event.enter_session");
  });

  it("a servicer in WeCom takes it: the bot keeps silent, their words are in the thread, and are not sent again", async () => {
    writeText(stub, "wm-outside", "我要人工");
    await wecom.ringAndRead();
    stub.sent.length = 0;
    happen(stub, "wm-outside", { event_type: "session_status_change", change_type: 1, new_servicer_userid: "zhang" });
    const said5 = { origin: 5, servicer_userid: "zhang", msgtype: "text", text: { content: "我来处理" } };
    stub.log.append({ open_kfid: stub.account.openKfId, external_userid: "wm-outside", ...said5 });
    writeText(stub, "wm-outside", "谢谢");
    stub.log.customer("wm-outside").state = 3;
    await wecom.ringAndRead();
    expect(await wecom.conversationOf("wm-outside")).toMatchObject({
      status: "assigned",
      assignee_id: null,
      outside_owner: "zhang",
    });
    const agents = (await wecom.ofCustomer("wm-outside")).filter((row) => row.authorKind === "agent");
    expect(agents).toMatchObject([{ text: "我来处理", delivery: "sent" }]);
    expect(stub.sent).toEqual([]);

    const id = await wecom.reply("wm-outside", "我也来");
    await wecom.drain();
    expect(await wecom.stateOf(id)).toMatchObject({ delivery: "failed", deliveryError: "taken_outside" });
  });

  it("when they end it, the customer's next words start anew with us", async () => {
    const before = await wecom.conversationOf("wm-outside");
    stub.log.customer("wm-outside").state = 4;
    happen(stub, "wm-outside", { event_type: "session_status_change", change_type: 3, old_servicer_userid: "zhang" });
    await wecom.ringAndRead();
    expect(await wecom.conversationOf("wm-outside")).toMatchObject({ id: before.id, status: "resolved" });
    writeText(stub, "wm-outside", "还有个问题");
    await wecom.ringAndRead();
    const after = await wecom.conversationOf("wm-outside");
    expect(after.id).not.toBe(before.id);
    expect(after.outside_owner).toBeNull();
  });

  it("a new session is marked as ours, and goes to a servicer when an agent says so; an off-duty one is refused", async () => {
    stub.servicers.set("zhang", 0).set("li", 1);
    writeText(stub, "wm-hand", "我要退货");
    await wecom.ringAndRead();
    expect(stub.log.customer("wm-hand").state).toBe(1);
    const { id } = await wecom.conversationOf("wm-hand");
    const listed = await api.call(listOutsideColleaguesOperation, { as: agent, params: { id } });
    expect(await listed.json()).toEqual({
      items: [
        { id: "zhang", name: "zhang", online: true },
        { id: "li", name: "li", online: false },
      ],
    });
    const hand = (colleagueId: string) =>
      api.call(transferOperation, {
        as: agent,
        params: { id },
        body: { to: { kind: "outside", colleagueId }, note: "要查订单" },
      });
    expect((await hand("li")).status).toBe(409);
    expect(await wecom.conversationOf("wm-hand")).toMatchObject({ outside_owner: null });
    expect((await hand("zhang")).status).toBe(200);
    expect(stub.log.customer("wm-hand")).toMatchObject({ state: 3, servicer: "zhang" });
    expect(await wecom.conversationOf("wm-hand")).toMatchObject({ status: "assigned", outside_owner: "zhang" });
    expect(await wecom.noted("wm-hand")).toEqual(expect.arrayContaining(["outside_joined", "transfer_note"]));
    writeText(stub, "wm-hand", "在吗");
    stub.sent.length = 0;
    await wecom.ringAndRead();
    expect(wecom.sentTo("wm-hand")).toEqual([]);
  });

  it("a session that somebody in WeCom had before we heard of it is theirs", async () => {
    writeText(stub, "wm-theirs", "你好");
    stub.log.customer("wm-theirs").state = 3;
    stub.log.customer("wm-theirs").servicer = "zhang";
    await wecom.ringAndRead();
    expect(await wecom.conversationOf("wm-theirs")).toMatchObject({ status: "assigned", outside_owner: "zhang" });
  });

  it("a reply into a session that is over says so", async () => {
    writeText(stub, "wm-over", "好了");
    await wecom.ringAndRead();
    stub.log.customer("wm-over").state = 4;
    const id = await wecom.reply("wm-over", "再见");
    await wecom.drain();
    expect(await wecom.stateOf(id)).toMatchObject({ delivery: "failed", deliveryError: "session_over" });
  });

  it("what the customer takes back is gone here, too", async () => {
    const recalled = writeText(stub, "wm-recall", "说错了");
    await wecom.ringAndRead();
    happen(stub, "wm-recall", { event_type: "user_recall_msg", recall_msgid: recalled });
    await wecom.ringAndRead();
    const [row] = (await wecom.ofCustomer("wm-recall")).filter(({ text }) => text === "说错了");
    expect(row?.recalledAt).not.toBeNull();
  });
});
