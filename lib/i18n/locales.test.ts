import { expect, it } from "vitest";
import { negotiateLocale, validTimeZone } from "./locales";

it.each([
  ["en", "zh-CN,zh;q=0.9", "en"],
  ["xx", "en-GB,en;q=0.8", "en"],
  [undefined, "fr-FR, en;q=0.5, zh;q=0.7", "zh-CN"],
  [undefined, "zh-TW", "zh-CN"],
  [undefined, "en;q=0", "zh-CN"],
  [undefined, "de", "zh-CN"],
  [undefined, null, "zh-CN"],
])("choice %s and Accept-Language %s lead to %s", (choice, header, expected) => {
  expect(negotiateLocale(choice, header)).toBe(expected);
});

it("accepts only time zones that exist", () => {
  expect(validTimeZone("Europe/Paris")).toBe("Europe/Paris");
  expect(validTimeZone("Mars/Olympus")).toBe("Asia/Shanghai");
  expect(validTimeZone(undefined)).toBe("Asia/Shanghai");
});
