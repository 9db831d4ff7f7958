import { describe, expect, it } from "vitest";
import { ChatServer } from "../testing/chat-server";
import { ChatStore } from "./chat-store";
import { quoteIn } from "./quoting";
import { VisitorSession } from "./visitor-session";
import { memoryStore } from "./visitor-storage";

/** A visitor's page against a server in memory. The same `storage` is the same browser after a reload. */
async function visit(server = new ChatServer(), storage = memoryStore()) {
  const session = new VisitorSession("chn_1", "zh-CN", storage);
  let count = server.messages.length;
  const store = new ChatStore({
    session,
    request: server.request,
    connect: server.connect,
    upload: () => ({ done: new Promise(() => undefined), cancel: () => undefined }),
    newClientId: () => `client-${storage.keys().length}-${++count}`,
    random: () => 0,
  });
  await store.start(null, {});
  const texts = () =>
    store.box.state.messages.map(({ parts: [part] }) => (part?.type === "text" ? part.text : part?.type));
  return { store, server, storage, session, texts };
}

describe("ChatStore", () => {
  it("shows a message at once and has it stored once", async () => {
    const { store, server, texts } = await visit();
    store.send("你好");
    expect(store.box.state.outbox).toMatchObject([{ text: "你好", state: "queued" }]);
    await expect.poll(() => store.box.state.outbox).toEqual([]);
    expect(texts()).toEqual(["你好"]);
    expect(server.messages).toHaveLength(1);
    expect(server.followed).toEqual(["private-visitor.cnv_0"]);
  });

  it("doubles nothing when the answer was lost on the way", async () => {
    const { store, server, texts } = await visit();
    server.faults = [{ status: 0, lost: true }];
    store.send("在吗");
    await expect.poll(() => store.box.state.outbox[0]?.attempts).toBe(1);
    store.wake();
    await expect.poll(() => store.box.state.outbox).toEqual([]);
    expect(server.messages).toHaveLength(1);
    expect(texts()).toEqual(["在吗"]);
  });

  it("doubles nothing when the page is reloaded before the answer came", async () => {
    const { store, server, storage } = await visit();
    server.faults = [{ status: 0, lost: true }];
    store.send("在吗");
    await expect.poll(() => server.messages).toHaveLength(1);
    const after = await visit(server, storage);
    await expect.poll(() => after.store.box.state.outbox).toEqual([]);
    expect(server.messages).toHaveLength(1);
    expect(after.texts()).toEqual(["在吗"]);
  });

  it("fetches what it lacks when a push shows a hole, in order", async () => {
    const { store, server, texts } = await visit();
    store.send("问");
    await expect.poll(() => store.box.state.outbox).toEqual([]);
    server.write({ parts: [{ type: "text", text: "第一句" }] }, false);
    server.write({ parts: [{ type: "text", text: "内部备注" }], visibility: "internal" }, false);
    server.write({ parts: [{ type: "text", text: "第二句" }] });
    await expect.poll(texts).toEqual(["问", "第一句", "第二句"]);
  });

  it("takes the same push twice as one message", async () => {
    const { store, server, texts } = await visit();
    store.send("问");
    await expect.poll(() => store.box.state.outbox).toEqual([]);
    const message = server.write({ parts: [{ type: "text", text: "答" }] });
    server.push({
      name: "message.created",
      data: { conversationId: message.conversationId, seq: message.seq, message },
    });
    expect(texts()).toEqual(["问", "答"]);
  });

  it("catches up after the connection was gone", async () => {
    const { store, server, texts } = await visit();
    store.send("问");
    await expect.poll(() => store.box.state.outbox).toEqual([]);
    server.live?.onReady(false);
    server.write({ parts: [{ type: "text", text: "断线时的回答" }] }, false);
    server.live?.onReady(true);
    await expect.poll(texts).toEqual(["问", "断线时的回答"]);
    expect(store.box.state.link).toBe("live");
  });

  it("shows a streamed answer up to the first hole, and the finished message in its place", async () => {
    const { store, server, texts } = await visit();
    store.send("怎么退款？");
    await expect.poll(() => store.box.state.outbox).toEqual([]);
    const delta = (index: number, text: string) =>
      server.push({ name: "answer.delta", data: { conversationId: "cnv_0", answerId: "answer-1", index, text } });
    delta(1, "三步");
    delta(0, "只要");
    delta(0, "只要");
    expect(store.box.state.streams).toMatchObject([{ answerId: "answer-1", pieces: ["只要", "三步"] }]);
    server.write({ clientId: "answer-1", parts: [{ type: "text", text: "只要三步" }] });
    expect(store.box.state.streams).toEqual([]);
    expect(texts()).toEqual(["怎么退款？", "只要三步"]);
    delta(2, "来晚的一段");
    expect(store.box.state.streams).toEqual([]);
  });

  it("opens the next conversation by itself when the visitor writes after the end", async () => {
    const { store, server, texts } = await visit();
    store.send("第一次");
    await expect.poll(() => store.box.state.outbox).toEqual([]);
    server.change("cnv_0", { status: "resolved" });
    store.send("第二次");
    await expect.poll(texts).toEqual(["第一次", "第二次"]);
    expect(store.box.state.conversation?.id).toBe("cnv_1");
    expect(server.followed.at(-1)).toBe("private-visitor.cnv_1");
  });

  it("asks for a person only once the session stands, however early the tap", async () => {
    const server = new ChatServer();
    const session = new VisitorSession("chn_1", "zh-CN", memoryStore());
    const store = new ChatStore({
      session,
      request: server.request,
      connect: server.connect,
      upload: () => ({ done: new Promise(() => undefined), cancel: () => undefined }),
      newClientId: () => "client-1",
    });
    const asked = store.requestAgent();
    await store.start(null, {});
    await asked;
    expect(server.calls.slice(0, 2)).toEqual(["POST /api/v1/chat/sessions", "POST /api/v1/chat/handoff"]);
  });

  it("gives up a token that the server no longer takes and starts anew", async () => {
    const { server, storage } = await visit();
    server.tokens.clear();
    const after = await visit(server, storage);
    expect(after.store.box.state.phase).toBe("ready");
    expect(after.session.token()).toBe("token-0");
  });

  it("answers to the message that was chosen, once, and shows at once to which", async () => {
    const { store, server, texts } = await visit();
    store.send("有两种吗？");
    await expect.poll(() => store.box.state.outbox).toEqual([]);
    const asked = server.write({
      author: { kind: "agent", id: "a", name: "小林" },
      parts: [{ type: "text", text: "红的还是蓝的？" }],
    });
    store.quote(asked.id);
    store.send("蓝的");
    const quote = { type: "quote", messageId: asked.id, authorKind: "agent", name: "小林", text: "红的还是蓝的？" };
    expect(store.box.state).toMatchObject({ quoting: null, outbox: [{ text: "蓝的", quote }] });
    await expect.poll(() => store.box.state.outbox).toEqual([]);
    expect(server.messages.at(-1)?.parts).toMatchObject([{ type: "quote", messageId: asked.id }, { text: "蓝的" }]);
    store.send("两件");
    await expect.poll(() => store.box.state.outbox).toEqual([]);
    expect(server.messages.at(-1)?.parts).toEqual([{ type: "text", text: "两件" }]);
    expect(texts()).toEqual(["有两种吗？", "红的还是蓝的？", "quote", "两件"]);
  });

  it("quotes nothing that was taken back: not what it knows of, and the words go when it hears of it only then", async () => {
    const { store, server } = await visit();
    store.send("问");
    await expect.poll(() => store.box.state.outbox).toEqual([]);
    const gone = server.write({ parts: [{ type: "text", text: "写错了" }] });
    store.quote(gone.id);
    expect(quoteIn(store.box.state)).toMatchObject({ messageId: gone.id });
    const recalled = { ...gone, recalledAt: gone.createdAt };
    server.messages.splice(1, 1, recalled);
    store.send("好的");
    await expect.poll(() => store.box.state.outbox).toEqual([]);
    expect(server.messages.at(-1)?.parts).toEqual([{ type: "text", text: "好的" }]);
    store.quote(gone.id);
    server.push({
      name: "message.updated",
      data: { conversationId: gone.conversationId, seq: gone.seq, message: recalled },
    });
    expect(quoteIn(store.box.state)).toBeNull();
  });

  it("does not take the quote of an ended conversation into the next one", async () => {
    const { store, server } = await visit();
    store.send("问");
    await expect.poll(() => store.box.state.outbox).toEqual([]);
    store.quote(server.messages[0]?.id ?? "");
    server.change("cnv_0", { status: "resolved" });
    store.send("还有一件事");
    await expect.poll(() => store.box.state.conversation?.id).toBe("cnv_1");
    expect(server.messages.at(-1)).toMatchObject({ conversationId: "cnv_1", parts: [{ text: "还有一件事" }] });
  });

  it("counts what comes in unseen, marks the first, and is quiet once it was looked at", async () => {
    const { store, server } = await visit();
    store.send("问");
    await expect.poll(() => store.box.state.outbox).toEqual([]);
    store.setAttentive(false);
    const first = server.write({ author: { kind: "agent", id: "a", name: "小林" } });
    server.write({ author: { kind: "agent", id: "a", name: "小林" } });
    expect(store.box.state).toMatchObject({ unread: 2, unreadFrom: first.id });
    store.setAttentive(true);
    expect(store.box.state).toMatchObject({ unread: 0, unreadFrom: first.id });
    expect(server.calls.filter((call) => call.endsWith("/read"))).toHaveLength(1);
  });

  it("keeps one visitor's messages apart from another's in the same browser", async () => {
    const { store, storage, server } = await visit();
    server.faults = [{ status: 0, lost: false }];
    store.send("我的");
    await expect.poll(() => store.box.state.outbox[0]?.attempts).toBe(1);
    const session = new VisitorSession("chn_1", "zh-CN", storage);
    session.open({ userId: "somebody", signature: "s" });
    expect(session.part("out").keys()).toEqual([]);
    expect(session.token()).toBeNull();
  });
});
