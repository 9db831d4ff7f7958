import { expect, it } from "vitest";
import { PREVIEW_MAX, previewOfTyping } from "./typing-preview";

it.each([
  ["我想退货", "我想退货"],
  ["卡号 4111 1111 1111 1111", "卡号 [BANK_CARD]"],
  ["卡号 4111 1111 1", "卡号 •••"],
  ["电话 138-1234", "电话 •••"],
  ["要 2 件，共 128 元", "要 2 件，共 128 元"],
])("of %s the agent sees %s", (text, shown) => {
  expect(previewOfTyping(text)).toBe(shown);
});

it("shows the end of a long text, whole characters", () => {
  const shown = previewOfTyping(`开头${"🎉".repeat(600)}`);
  expect(Array.from(shown)).toHaveLength(PREVIEW_MAX);
  expect(shown).not.toContain("开头");
  expect(shown.isWellFormed()).toBe(true);
});
