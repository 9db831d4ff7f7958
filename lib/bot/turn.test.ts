import { expect, it } from "vitest";
import { openTurn, type ThreadMessage } from "./turn";

let seq = 0;
function said(author: ThreadMessage["author_kind"], text: string, more: Partial<ThreadMessage> = {}): ThreadMessage {
  seq += 1;
  return {
    id: `m${seq}`,
    seq,
    author_kind: author,
    text,
    parts: [{ type: "text" }],
    client_id: null,
    recalled_at: null,
    ...more,
  };
}

it("takes all messages since the last answer together, with what was said before", () => {
  const first = said("visitor", "你好");
  const answer = said("bot", "你好！", { client_id: `bot:${first.id}` });
  const more = [said("visitor", "退款"), said("visitor", "多久到账")];
  expect(openTurn([first, answer, ...more])).toEqual({
    texts: ["退款", "多久到账"],
    hasFiles: false,
    answerId: `bot:${more[1]?.id}`,
    history: [
      { from: "visitor", text: "你好" },
      { from: "bot", text: "你好！" },
    ],
    topic: null,
    offered: [],
    offeredPerson: false,
    askedBack: 0,
  });
});

it("knows what the last answer was about, what was offered, and how often in a row", () => {
  const citation = { type: "citation", entryId: "kbe_1", title: "怎么退款？" };
  const ask = {
    type: "choices",
    choices: [
      { label: "运费", action: "ask", value: "运费多少？" },
      { label: "转人工", action: "handoff" },
    ],
  };
  const thread = [
    said("visitor", "退款"),
    said("bot", "这样退", { parts: [{ type: "text" }, citation] }),
    said("visitor", "运费"),
    said("bot", "是这些吗", { parts: [{ type: "text" }, ask] }),
    said("visitor", "不是"),
    said("bot", "那是这些吗", { parts: [{ type: "text" }, ask] }),
    said("visitor", "第一个"),
  ];
  expect(openTurn(thread)).toMatchObject({
    topic: { entryId: "kbe_1", question: "怎么退款？" },
    offered: ["运费多少？"],
    offeredPerson: false,
    askedBack: 2,
  });
  const offer = { type: "choices", choices: [{ label: "转人工", action: "handoff" }] };
  expect(openTurn([said("bot", "要转人工吗", { parts: [offer] }), said("visitor", "好的")])?.offeredPerson).toBe(true);
});

it("remembers nothing from before the customer began again", () => {
  const citation = { type: "citation", entryId: "kbe_1", title: "怎么退款？" };
  const turn = openTurn([
    said("visitor", "退款"),
    said("bot", "这样退", { parts: [citation] }),
    said("visitor", "重置"),
    said("bot", "好的，我们重新开始。"),
    said("visitor", "多久"),
  ]);
  expect(turn).toMatchObject({ history: [], topic: null });
});

it("finds nothing to do after its own answer, a person's reply, or before anybody spoke", () => {
  const question = said("visitor", "退款");
  expect(openTurn([question, said("bot", "好", { client_id: `bot:${question.id}` })])).toBeUndefined();
  expect(openTurn([question, said("agent", "我来")])).toBeUndefined();
  expect(openTurn([said("bot", "欢迎", { client_id: "welcome" })])).toBeUndefined();
});

it("still answers what arrived while the last answer was being written", () => {
  const first = said("visitor", "退款");
  const second = said("visitor", "运费谁出");
  expect(openTurn([first, second, said("bot", "好", { client_id: `bot:${first.id}` })])?.texts).toEqual(["运费谁出"]);
});

it("leaves recalled messages out and sees files", () => {
  const file = said("visitor", "", { parts: [{ type: "image" }] });
  expect(openTurn([said("visitor", "x", { recalled_at: "2026-01-01" }), file])).toMatchObject({
    texts: [],
    hasFiles: true,
  });
});
