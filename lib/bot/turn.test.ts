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
  });
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
