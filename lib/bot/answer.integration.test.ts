import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rowsOf } from "@/db/client";
import { conversations } from "@/db/schema/conversations";
import { memberships } from "@/db/schema/identity";
import { knowledgeEntries } from "@/db/schema/knowledge";
import { claimConversation } from "@/lib/conversations/agent-service";
import { listPublicMessages } from "@/lib/conversations/queries";
import type { Message, MessagePart } from "@/lib/conversations/schema";
import { postVisitorMessage } from "@/lib/conversations/visitor-service";
import { newId } from "@/lib/core/ids";
import { topGaps } from "@/lib/knowledge/gap-queries";
import { importEntries } from "@/lib/knowledge/imports/entries-service";
import { entryInput } from "@/lib/knowledge/schema";
import { type AnswerModel, PLAIN } from "@/lib/platform/ai/answer-model";
import { CircuitBreaker } from "@/lib/platform/ai/circuit-breaker";
import { createOpenAiModel } from "@/lib/platform/ai/openai-model";
import { realtimeChannel } from "@/lib/platform/realtime/channels";
import { createVisitor, systemContext, type VisitorContext } from "@/lib/testing/actors";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { RecordingHub } from "@/lib/testing/recording-hub";
import { type OpenAiScenario, type OpenAiServer, startOpenAiServer } from "@/lib/testing/stubs/openai";
import { answerVisitor } from "./answer";
import { answerJob } from "./jobs";

const ENTRIES = [
  {
    question: "怎么申请退款？",
    variants: ["我要退款", "怎么退款", "退钱怎么弄"],
    answer: "在「我的订单」里点「申请退款」，审核通过后 1–3 个工作日原路退回。",
    category: "退款",
  },
  {
    question: "退款多久到账？",
    variants: ["退款什么时候到"],
    answer: "审核通过后 1–3 个工作日原路退回。",
    category: "退款",
  },
  {
    question: "退货运费谁承担？",
    variants: ["退货要自己出运费吗"],
    answer: "质量问题由我们承担，其他原因由买家承担，一般 12 元。",
    category: "退款",
  },
  { question: "多久发货？", variants: ["什么时候发货"], answer: "当天 16 点前付款的订单当天发出。", category: "物流" },
  {
    question: "How do I get a refund?",
    variants: ["I want my money back"],
    answer: "Open My orders and tap Request refund. The money is back within 3 working days.",
    category: "Refunds",
    language: "en",
  },
];

let desk: DeskFixture;
let shop: { merchantId: string; channelId: string };
let agent: AgentContext;
let hub: RecordingHub;
let uninstall: () => void;

beforeAll(async () => {
  hub = new RecordingHub();
  uninstall = hub.install();
  desk = await createDeskFixture();
  shop = await desk.merchant();
  agent = await desk.agent(shop.merchantId, "admin");
  await importEntries(
    agent,
    ENTRIES.map((entry) => entryInput.parse({ ...entry, status: "published" })),
  );
});

afterAll(async () => {
  uninstall();
  await desk.end();
});

const online = (presence: "online" | "offline") =>
  desk.db.update(memberships).set({ presence }).where(eq(memberships.id, agent.actor.agentId));

interface Chat {
  readonly visitor: VisitorContext;
  readonly id: string;
  say(words: string): Promise<void>;
  answer(model?: AnswerModel | null): Promise<void>;
  /** Says it, lets the bot answer, and gives the bot's newest message. */
  ask(words: string, model?: AnswerModel | null): Promise<Message>;
  messages(): Promise<Message[]>;
  status(): Promise<string | undefined>;
}

async function chat(): Promise<Chat> {
  const visitor = await createVisitor(desk, shop);
  const send = (words: string, conversationId?: string) =>
    postVisitorMessage(visitor, { clientId: newId("client"), conversationId, parts: [{ type: "text", text: words }] });
  const { conversation } = await send("你好");
  const self: Chat = {
    visitor,
    id: conversation.id,
    say: async (words) => void (await send(words, conversation.id)),
    answer: (model = null) =>
      answerVisitor(
        systemContext(desk, shop.merchantId),
        { conversationId: conversation.id, merchantId: shop.merchantId },
        { links: model ? [{ id: "test", model, breaker: new CircuitBreaker() }] : [] },
      ),
    async ask(words, model) {
      await self.say(words);
      await self.answer(model);
      const last = (await self.messages()).findLast((message) => message.author.kind === "bot");
      if (!last) {
        throw new Error("no answer");
      }
      return last;
    },
    messages: async () => (await listPublicMessages(agent, conversation.id, { limit: 100 })).items,
    status: async () =>
      (await desk.db.select().from(conversations).where(eq(conversations.id, conversation.id)))[0]?.status,
  };
  await self.answer();
  return self;
}

const textOf = (message: Message) =>
  message.parts.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n");
const part = <Type extends MessagePart["type"]>(message: Message, type: Type) =>
  message.parts.find((candidate): candidate is Extract<MessagePart, { type: Type }> => candidate.type === type);
const actions = (message: Message) => part(message, "choices")?.choices.map((choice) => choice.action) ?? [];

describe("the embedded answerer", () => {
  it("answers from the knowledge base with its source, streamed in pieces under the answer's id", async () => {
    const talk = await chat();
    const answer = await talk.ask("怎么退款？");
    expect(textOf(answer)).toBe(ENTRIES[0]?.answer);
    expect(part(answer, "citation")?.title).toBe("怎么申请退款？");
    const pieces = hub
      .payloadsOn(realtimeChannel.visitor(talk.id), "answer.delta")
      .filter((piece) => piece.answerId === answer.clientId);
    expect(pieces.length).toBeGreaterThanOrEqual(3);
    expect(pieces.map((piece) => piece.text).join("")).toBe(ENTRIES[0]?.answer);
    expect(pieces.map((piece) => piece.index)).toEqual(pieces.map((_, index) => index));
    expect(hub.payloadsOn(realtimeChannel.visitor(talk.id), "typing").at(-1)).toMatchObject({
      side: "bot",
      typing: false,
    });
    const [used] = await desk.db.select().from(knowledgeEntries).where(eq(knowledgeEntries.question, "怎么申请退款？"));
    expect(used?.usedCount).toBeGreaterThan(0);
  });

  it("answers in the language of the question", async () => {
    const talk = await chat();
    expect(textOf(await talk.ask("how do I get a refund"))).toContain("Request refund");
    expect(textOf(await talk.ask("what is the capital of France"))).toContain("rather not guess");
  });

  it("greets back without counting a failure", async () => {
    const talk = await chat();
    expect(textOf((await talk.messages())[1] as Message)).toContain("智能助手");
    expect(await talk.status()).toBe("bot");
  });

  it("says that it does not know, offers a person, notes the question without private data, then hands over", async () => {
    await online("online");
    const talk = await chat();
    const first = await talk.ask("量子纠缠的原理是什么，回我 13812345678");
    expect(textOf(first)).toContain("不想随口猜");
    expect(actions(first)).toEqual(["handoff"]);
    expect((await topGaps(agent, 50)).map((gap) => gap.question)).toContain("量子纠缠的原理是什么，回我 [PHONE]");
    expect(await talk.status()).toBe("bot");
    await talk.ask("你们老板是谁");
    expect(await talk.status()).toBe("queued");
    const last = (await talk.messages()).at(-1);
    expect(last && part(last, "notice")?.key).toBe("queued");
  });

  it("offers to leave a message while nobody is online", async () => {
    await online("offline");
    const talk = await chat();
    expect(actions(await talk.ask("量子纠缠的原理是什么"))).toEqual(["leave_message"]);
    expect(actions(await talk.ask("转人工"))).toEqual(["leave_message"]);
    expect(await talk.status()).toBe("queued");
  });

  it("fetches a person at once who is asked for, and is silent from then on", async () => {
    await online("online");
    const talk = await chat();
    expect(textOf(await talk.ask("我要找人工客服"))).toContain("转接");
    expect(await talk.status()).toBe("queued");
    const before = (await talk.messages()).length;
    await talk.say("怎么退款");
    await talk.answer();
    expect(await talk.messages()).toHaveLength(before + 1);
  });

  it("answers once, however often its job runs, also twice at the same time", async () => {
    const talk = await chat();
    await talk.say("多久发货");
    await Promise.all([talk.answer(), talk.answer()]);
    await talk.answer();
    const answers = (await talk.messages()).filter((message) => message.author.kind === "bot");
    expect(answers).toHaveLength(2);
  });

  it("has one job waiting for several messages, which names what it needs", async () => {
    const talk = await chat();
    await talk.say("多久发货");
    await talk.say("运费呢");
    const jobs = await rowsOf<{ payload: unknown }>(
      desk.db,
      sql`select payload from graphile_worker._private_jobs where payload ->> 'conversationId' = ${talk.id} and key = ${`bot:${talk.id}`}`,
    );
    expect(jobs.map((job) => answerJob.schema.parse(job.payload))).toEqual([
      { conversationId: talk.id, merchantId: shop.merchantId },
    ]);
  });

  it("answers messages that came together with one answer", async () => {
    const talk = await chat();
    await talk.say("你好");
    expect(textOf(await talk.ask("多久发货"))).toBe(ENTRIES[3]?.answer);
    expect((await talk.messages()).map((message) => message.author.kind)).toEqual([
      "visitor",
      "bot",
      "visitor",
      "visitor",
      "bot",
    ]);
  });

  it("hands over what it had promised when its process ended in between", async () => {
    await online("online");
    const talk = await chat();
    await desk.db.update(conversations).set({ botFailures: 2 }).where(eq(conversations.id, talk.id));
    await talk.answer();
    expect(await talk.status()).toBe("queued");
  });
});

describe("with a model", () => {
  let server: OpenAiServer;
  beforeAll(async () => {
    server = await startOpenAiServer();
    await online("online");
  });
  afterAll(() => server.stop());

  function model(scenario: OpenAiScenario, firstTextMs = 5_000): AnswerModel {
    server.behave(scenario);
    return createOpenAiModel({ id: "test", name: "test", baseUrl: server.baseUrl, model: "test-model", firstTextMs });
  }

  it("streams its words, names the sources it used and shows no marks", async () => {
    const talk = await chat();
    const words = ["可以的，", "在「我的订单」", "里点「申请退款」，", "1–3 个工作日", "原路退回[1]", "。"];
    const answer = await talk.ask("怎么退款？", model({ kind: "answer", words }));
    expect(textOf(answer)).toBe("可以的，在「我的订单」里点「申请退款」，1–3 个工作日原路退回。");
    expect(part(answer, "citation")?.title).toBe("怎么申请退款？");
    const streamed = hub
      .payloadsOn(realtimeChannel.visitor(talk.id), "answer.delta")
      .map((piece) => piece.text)
      .join("");
    expect(textOf(answer).startsWith(streamed.slice(streamed.indexOf("可以")))).toBe(true);
  });

  it.each<[string, OpenAiScenario]>([
    ["is overloaded", { kind: "status", status: 429 }],
    ["is broken", { kind: "status", status: 500 }],
    ["says nothing", { kind: "silent" }],
    ["breaks off in the middle", { kind: "cut", words: ["在我的", "订单里"] }],
    ["streams garbage", { kind: "malformed", words: ["在我的"] }],
  ])("the visitor has the entry's own answer, though it %s (T27)", async (_, scenario) => {
    const talk = await chat();
    const answer = await talk.ask("怎么退款？", model(scenario, 200));
    expect(textOf(answer)).toBe(ENTRIES[0]?.answer);
    expect(await talk.status()).toBe("bot");
  });

  it("never shows a figure that stands in no source, not even while streaming", async () => {
    const talk = await chat();
    const words = ["审核通过后", " 30 ", "分钟", "到账，另赠", " 500 元", "。"];
    const answer = await talk.ask("怎么退款？", model({ kind: "answer", words }));
    expect(textOf(answer)).toBe(ENTRIES[0]?.answer);
    // The words alone: ids may hold any figure.
    const shown = hub
      .payloadsOn(realtimeChannel.visitor(talk.id), "answer.delta")
      .map((piece) => piece.text)
      .join("");
    expect(shown).not.toContain("500");
    expect(shown).not.toContain("30");
  });

  it("that answers one of two questions has the other offered", async () => {
    const talk = await chat();
    const words = ["在「我的订单」里点「申请退款」[1]。"];
    const answer = await talk.ask("怎么申请退款？另外多久发货？", model({ kind: "answer", words }));
    expect(textOf(answer)).toContain("申请退款");
    const offered = part(answer, "choices")?.choices.map(({ value }) => value);
    expect(offered).toContain(ENTRIES.find(({ question }) => question.includes("发货"))?.question);
  });

  it("offers choices when the model finds no answer in what is only likely", async () => {
    const talk = await chat();
    const answer = await talk.ask("退货的话到账要多久呢", model({ kind: "answer", words: ["NO_", "ANSWER"] }));
    expect(actions(answer).at(-1)).toBe("handoff");
    expect(JSON.stringify(hub.payloadsOn(realtimeChannel.visitor(talk.id), "answer.delta"))).not.toContain("NO_");
  });

  it("is not asked when nothing was found", async () => {
    const talk = await chat();
    const before = server.requests.length;
    await talk.ask("量子纠缠的原理是什么", model({ kind: "answer", words: ["量子"] }));
    expect(server.requests.length).toBe(before);
  });

  it("does not speak after a person took over while it was writing", async () => {
    const talk = await chat();
    await talk.say("怎么退款？");
    const slow: AnswerModel = {
      name: "slow",
      nature: PLAIN,
      async streamAnswer() {
        await claimConversation(agent, talk.id);
        return {
          text: "在「我的订单」里点「申请退款」。",
          inputTokens: 1,
          outputTokens: 1,
          firstMs: 1,
          provider: { id: "test", name: "slow" },
          sources: [],
        };
      },
    };
    const before = (await talk.messages()).filter((message) => message.author.kind === "bot").length;
    await talk.answer(slow);
    expect((await talk.messages()).filter((message) => message.author.kind === "bot")).toHaveLength(before);
    expect(await talk.status()).toBe("assigned");
  });

  it("gets no telephone number, identity card, bank card or mail address", async () => {
    const talk = await chat();
    await talk.ask(
      "我叫小李 13812345678 li@mail.example 身份证 11010519491231002X，怎么申请退款",
      model({ kind: "answer", words: ["NO_ANSWER"] }),
    );
    const sent = server.requests.at(-1)?.text ?? "";
    expect(sent).toContain("[PHONE]");
    expect(sent).not.toMatch(/13812345678|li@mail|11010519491231002X/);
  });
});
