import { describe, expect, it } from "vitest";
import type { QuickReply } from "@/lib/conversations/quick-reply-contracts";
import { filterQuickReplies, quickReplyQuery } from "./quick-reply-text";

function replyOf(id: string, more: Partial<QuickReply>): QuickReply {
  return {
    id,
    folder: "",
    shortcut: "",
    title: id,
    text: "",
    language: "zh-CN",
    personal: false,
    usedCount: 0,
    ...more,
  };
}

describe("looking for a quick reply", () => {
  it("begins with a slash at the start or after a space", () => {
    expect(quickReplyQuery("/退", 2)).toEqual({ from: 0, query: "退" });
    expect(quickReplyQuery("好的 /", 4)).toEqual({ from: 3, query: "" });
  });

  it("does not begin inside an address, a fraction or before the caret's place", () => {
    expect(quickReplyQuery("https://shop", 12)).toBeUndefined();
    expect(quickReplyQuery("1/2", 3)).toBeUndefined();
    expect(quickReplyQuery("/hi there", 9)).toBeUndefined();
  });

  it("finds the shortcut first, then titles, folders and texts", () => {
    const replies = [
      replyOf("text", { text: "请稍等，退款在路上" }),
      replyOf("title", { title: "退款说明" }),
      replyOf("shortcut", { shortcut: "退款" }),
      replyOf("other", { title: "发货" }),
    ];
    expect(filterQuickReplies(replies, "退款").map(({ id }) => id)).toEqual(["shortcut", "title", "text"]);
    expect(filterQuickReplies(replies, "")).toHaveLength(4);
  });
});
