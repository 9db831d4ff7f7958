import { describe, expect, it } from "vitest";
import { calledIn, mentionQuery, splitMentions } from "./mention-text";

describe("calling a colleague in a note", () => {
  it("looks for a name after an @ that begins a word, not inside an address", () => {
    expect(mentionQuery("请 @小", 4)).toEqual({ from: 2, query: "小" });
    expect(mentionQuery("@", 1)).toEqual({ from: 0, query: "" });
    expect(mentionQuery("mail me@shop", 12)).toBeUndefined();
    expect(mentionQuery("@小林 好", 5)).toBeUndefined();
  });

  it("calls only those whose name still stands there", () => {
    expect(calledIn("@小林 看一下", { 小林: "agt_1", 小王: "agt_2" })).toEqual(["agt_1"]);
  });

  it("marks the longer of two names that begin alike", () => {
    expect(splitMentions("问 @小林子，谢谢", ["小林", "小林子"])).toEqual([
      { text: "问 ", called: false },
      { text: "@小林子", called: true },
      { text: "，谢谢", called: false },
    ]);
  });
});
