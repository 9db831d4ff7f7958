import { describe, expect, it } from "vitest";
import { languageOfTag, writtenIn } from "./written-language";

describe("writtenIn", () => {
  it.each([
    ["我的订单什么时候到？", undefined, "zh-CN"],
    ["我的 iPhone 15 Pro 坏了", undefined, "zh-CN"],
    ["返品できますか", undefined, "ja"],
    ["注文番号は 2024 です。商品はまだですか", undefined, "ja"],
    ["반품하고 싶어요", undefined, "ko"],
    ["Где мой заказ?", undefined, "ru"],
    ["أين طلبي؟", undefined, "ar"],
    ["สินค้าอยู่ที่ไหน", undefined, "th"],
    ["Tôi muốn đổi trả sản phẩm này", undefined, "vi"],
    ["Where is my order?", undefined, "en"],
    ["Where is my order?", "zh-CN", "en"],
    ["Où est ma commande ?", "fr-FR", "fr"],
    ["Wo ist mein Paket?", "de", "de"],
  ])("%s (%s) is %s", (text, wish, language) => {
    expect(writtenIn(text, wish)).toBe(language);
  });

  it.each(["", "12345", "👍🎉", "?!"])("knows nothing of %j", (text) => {
    expect(writtenIn(text)).toBeUndefined();
  });

  it("takes every Chinese for one", () => {
    expect([languageOfTag("zh-Hant-TW"), languageOfTag("ZH"), languageOfTag("pt-BR")]).toEqual([
      "zh-CN",
      "zh-CN",
      "pt",
    ]);
  });
});
