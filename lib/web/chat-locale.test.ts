import { expect, it } from "vitest";
import { chatLocale } from "./chat-visit";

const visit = (headers: Record<string, string> = {}) => new Request("https://help.example/chat", { headers });
const english = { "accept-language": "en-GB,en;q=0.9" };

it("the chat's language: the address, then the customer's own choice, then the merchant's, then the browser's wish", () => {
  expect(chatLocale(visit(english), "zh", "en")).toBe("zh-CN");
  expect(chatLocale(visit({ ...english, cookie: "locale=zh-CN" }), null, "en")).toBe("zh-CN");
  expect(chatLocale(visit(english), null, "zh-CN")).toBe("zh-CN");
  expect(chatLocale(visit(english), null, "auto")).toBe("en");
  expect(chatLocale(visit({ cookie: "locale=xx" }), "xx", "en")).toBe("en");
  expect(chatLocale(visit(), null)).toBe("zh-CN");
});
