import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Message } from "@/lib/conversations/schema";
import { createClient } from "@/lib/platform/http/client";
import { messageOf, summaryOf } from "@/lib/testing/desk-samples";
import { createDesk, type Desk } from "./desk";
import { createDeskStorage, type KeyValueStorage } from "./storage";
import { EMPTY_THREAD, mergeNewest } from "./thread";

const id = "cnv_1";
const agent = {
  id: "agt_me",
  name: "小林",
  avatarUrl: null,
  merchantId: "mer_1",
  merchantName: "青禾校园商城",
  mayTakeOver: false,
};

/** A server that stores messages as ours does: one seq after the other, one message per clientId. */
function createServer() {
  const stored: Message[] = [messageOf(1)];
  let down = false;
  const order: string[] = [];
  let losesAnswers = false;
  let fetched = 1;
  const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
  const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const url = new URL(String(input), "http://desk.test");
    if (down) {
      throw new TypeError("no connection");
    }
    order.push(url.pathname.split("/").at(-1) ?? "");
    if (url.pathname.endsWith("/resolve")) {
      return json(summaryOf(id, { status: "resolved", revision: 9 }));
    }
    if (url.pathname.endsWith("/messages") && init?.method === "POST") {
      const { clientId } = JSON.parse(String(init.body)) as { clientId: string };
      const known = stored.find((message) => message.clientId === clientId);
      const message =
        known ?? messageOf(stored.length + 1, { clientId, author: { kind: "agent", id: agent.id, name: null } });
      if (!known) {
        stored.push(message);
      }
      if (losesAnswers) {
        throw new TypeError("connection cut");
      }
      return json(message, 201);
    }
    if (url.pathname.endsWith("/messages")) {
      const after = Number(url.searchParams.get("afterSeq") ?? 0);
      return json({ items: stored.filter(({ seq }) => seq > after), hasMore: false });
    }
    if (url.pathname.endsWith("/conversations/cnv_fresh")) {
      const answer = json(summaryOf("cnv_fresh", { revision: fetched, status: fetched === 1 ? "queued" : "assigned" }));
      fetched += 1;
      return answer;
    }
    if (url.pathname.endsWith("/conversations")) {
      return json({ items: [summaryOf(id)], nextCursor: null, counts: { mine: 1, involved: 0, queued: 0, all: 1 } });
    }
    return json({ type: "about:blank", title: "", status: 404, reason: "not_found", detail: "找不到" }, 404);
  };
  return {
    stored,
    /** The last part of each address that was asked, in order. */
    order,
    fetch: fetch as typeof globalThis.fetch,
    setDown: (value: boolean) => {
      down = value;
    },
    loseAnswers: (value: boolean) => {
      losesAnswers = value;
    },
  };
}

function createMemory(): KeyValueStorage {
  const map = new Map<string, string>();
  return {
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: (key) => void map.delete(key),
  };
}

describe("the desk", () => {
  let server: ReturnType<typeof createServer>;
  let memory: KeyValueStorage;
  let desk: Desk;
  let count = 0;

  function openDesk(): Desk {
    const row = summaryOf(id);
    return createDesk({
      agent,
      call: createClient({ baseUrl: "http://desk.test", fetch: server.fetch }),
      storage: createDeskStorage(memory, agent.id),
      newClientId: () => `client-${++count}`,
      first: {
        place: { tab: "mine", conversationId: id, query: "" },
        presence: "online",
        list: { items: [row], nextCursor: null, counts: { mine: 1, involved: 0, queued: 0, all: 1 } },
        opened: { row, thread: mergeNewest(EMPTY_THREAD, { items: [messageOf(1)], hasMore: false }) },
      },
    });
  }

  const thread = () => {
    const found = desk.store.get().threads.get(id);
    if (!found) {
      throw new Error("the thread is open");
    }
    return found;
  };
  const seqs = () => thread().messages.map(({ seq }) => seq);
  const reply = (text: string) => desk.threads.send(id, { text, files: [], visibility: "public" });

  beforeEach(() => {
    vi.useFakeTimers();
    server = createServer();
    memory = createMemory();
    desk = openDesk();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("shows a reply at once, and once only when push and answer both bring it", async () => {
    const sent = reply("好的");
    expect(thread().pending).toMatchObject([{ text: "好的", state: "sending" }]);
    await sent;
    desk.events["message.created"]({ conversationId: id, seq: 2, message: server.stored[1] });
    expect(thread().pending).toEqual([]);
    expect(seqs()).toEqual([1, 2]);
  });

  it("sends in the order of writing", async () => {
    await Promise.all([reply("一"), reply("二"), reply("三")]);
    expect(server.stored.map(({ clientId }) => clientId).slice(1)).toEqual(
      thread()
        .messages.slice(1)
        .map(({ clientId }) => clientId),
    );
    expect(seqs()).toEqual([1, 2, 3, 4]);
  });

  it("resolves only after what was written before has been sent", async () => {
    const sent = [reply("已经退款了"), reply("还有别的吗？")];
    await desk.resolve(id);
    await Promise.all(sent);
    expect(server.order.filter((name) => name !== "conversations").slice(0, 3)).toEqual([
      "messages",
      "messages",
      "resolve",
    ]);
  });

  it("makes one message when the answer was lost and the message is sent again by itself (T21)", async () => {
    server.loseAnswers(true);
    expect(await reply("好的")).toBe(false);
    expect(thread().pending).toMatchObject([{ state: "failed", text: "好的" }]);
    server.loseAnswers(false);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(thread().pending).toEqual([]);
    expect(server.stored).toHaveLength(2);
    expect(seqs()).toEqual([1, 2]);
  });

  it("keeps an unsent message over a reload and sends it on the next connection", async () => {
    server.setDown(true);
    await reply("重要的话");
    desk = openDesk();
    desk.restore();
    expect(thread().pending).toMatchObject([{ state: "failed", text: "重要的话" }]);
    server.setDown(false);
    desk.resync();
    await vi.advanceTimersByTimeAsync(10);
    expect(thread().pending).toEqual([]);
    expect(server.stored).toHaveLength(2);
  });

  it("keeps what one tab has not sent while another tab of the same agent sends", async () => {
    const second = openDesk();
    server.setDown(true);
    await reply("还没发出去");
    server.setDown(false);
    await second.threads.send(id, { text: "发出去了", files: [], visibility: "public" });
    desk = openDesk();
    desk.restore();
    expect(thread().pending).toMatchObject([{ state: "failed", text: "还没发出去" }]);
  });

  it("keeps the drafts of one tab when another tab of the same agent writes its own", () => {
    const second = openDesk();
    desk.storage.writeDraft("cnv_1", { text: "第一页写的", note: false });
    second.storage.writeDraft("cnv_2", { text: "第二页写的", note: false });
    expect(openDesk().storage.readDraft("cnv_1")?.text).toBe("第一页写的");
    expect(openDesk().storage.readDraft("cnv_2")?.text).toBe("第二页写的");
  });

  it("sends what waited for a connection before what is written after it", async () => {
    server.setDown(true);
    await reply("先写的");
    server.setDown(false);
    const first = thread().pending[0]?.clientId;
    await reply("后写的");
    expect(server.stored.map(({ clientId }) => clientId)[1]).toBe(first);
    expect(server.stored).toHaveLength(3);
  });

  it("fetches the gap when a push came ahead of another", async () => {
    server.stored.push(messageOf(2), messageOf(3));
    desk.events["message.created"]({ conversationId: id, seq: 3, message: messageOf(3) });
    expect(seqs()).toEqual([1]);
    await vi.advanceTimersByTimeAsync(10);
    expect(seqs()).toEqual([1, 2, 3]);
  });

  it("fetches a message that was too long for the push", async () => {
    server.stored.push(messageOf(2));
    const { rows } = desk.store.get();
    desk.store.update((state) => ({
      ...state,
      rows: new Map(rows).set(id, summaryOf(id, { lastSeq: 2, revision: 2 })),
    }));
    desk.events["message.created"]({ conversationId: id, seq: 2 });
    await vi.advanceTimersByTimeAsync(10);
    expect(seqs()).toEqual([1, 2]);
  });

  it("shows the customer typing until they write, or until nothing more is heard", async () => {
    const typing = { conversationId: id, side: "visitor", typing: true } as const;
    desk.events.typing(typing);
    expect(desk.store.get().visitorTyping.has(id)).toBe(true);
    await vi.advanceTimersByTimeAsync(7_000);
    expect(desk.store.get().visitorTyping.has(id)).toBe(false);
    desk.events.typing(typing);
    desk.events["message.created"]({ conversationId: id, seq: 2, message: messageOf(2) });
    expect(desk.store.get().visitorTyping.has(id)).toBe(false);
  });

  it("shows what the customer writes while they think, until it is sent or taken back", async () => {
    const writing = () => desk.store.get().visitorWriting.get(id);
    const typing = { conversationId: id, side: "visitor", typing: true } as const;
    desk.events.typing({ ...typing, text: "我想退" });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(writing()).toBe("我想退");
    desk.events.typing({ ...typing, typing: false });
    expect(writing()).toBeUndefined();
    desk.events.typing({ ...typing, text: "我想退货" });
    desk.events["message.created"]({ conversationId: id, seq: 2, message: messageOf(2) });
    expect(writing()).toBeUndefined();
    desk.events.typing({ ...typing, text: "还有" });
    await vi.advanceTimersByTimeAsync(61_000);
    expect(writing()).toBeUndefined();
  });

  it("builds a bot's answer from its pieces, and drops them when the answer itself is there", () => {
    desk.events["answer.delta"]({ conversationId: id, answerId: "answer-1", index: 1, text: "退回" });
    desk.events["answer.delta"]({ conversationId: id, answerId: "answer-1", index: 0, text: "原路" });
    expect(desk.store.get().answers.get(id)?.pieces.join("")).toBe("原路退回");
    desk.events["message.created"]({ conversationId: id, seq: 2, message: messageOf(2, { clientId: "answer-1" }) });
    expect(desk.store.get().answers.has(id)).toBe(false);
  });

  it("tells of a new message and of a conversation that became the agent's own", () => {
    const told: string[] = [];
    desk.onNews(({ kind }) => told.push(kind));
    desk.list.takeRows([summaryOf(id, { revision: 2, lastSeq: 2 })]);
    desk.list.takeRows([summaryOf("cnv_2", { status: "queued", assignee: null })]);
    desk.list.takeRows([summaryOf("cnv_2", { revision: 2 })]);
    expect(told).toEqual(["message", "queued", "assigned"]);
    expect(desk.store.get().counts).toEqual({ mine: 2, involved: 0, queued: 0, all: 2 });
  });

  it("fetches a row once more when it changed while the first answer was on its way", async () => {
    await Promise.all([desk.list.fetchRow("cnv_fresh"), desk.list.fetchRow("cnv_fresh")]);
    expect(desk.store.get().rows.get("cnv_fresh")).toMatchObject({ revision: 2, status: "assigned" });
  });

  it("says that a conversation does not exist for this agent", async () => {
    await desk.list.fetchRow("cnv_gone");
    expect(desk.store.get().missing.has("cnv_gone")).toBe(true);
  });
});
