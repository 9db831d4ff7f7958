import { expect, it } from "vitest";
import { wordingFor } from "./chat-entry-queries";

const welcome = { "zh-CN": "你好", en: "Hello" };

it.each([
  ["en", welcome, "Hello"],
  ["en-GB", welcome, "Hello"],
  ["zh-TW", welcome, "你好"],
  ["fr", welcome, "你好"],
  ["fr", { de: "Hallo" }, "Hallo"],
  ["en", {}, undefined],
  ["constructor", welcome, "你好"],
])("words a text for %s in the nearest language there is", (locale, byLocale, expected) => {
  expect(wordingFor<string>(byLocale as Record<string, string>, locale)).toBe(expected);
});
