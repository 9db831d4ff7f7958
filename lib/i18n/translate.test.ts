import { describe, expect, it } from "vitest";
import { createTranslator } from "./translate";

const messages = {
  plain: "Hello",
  named: "Hello, {name}",
  nested: { deep: "{a} and {b}" },
  plural: "{count, plural, =0 {nobody} one {# person} other {# people}} in {place}",
  inside: "{count, plural, one {{name} waits} other {{name} and # others wait}}",
  choice: "{mood, select, good {fine} other {so-so}}",
  open: "a { b",
};

describe("createTranslator", () => {
  const t = createTranslator("en", messages);

  it("fills placeholders by name", () => {
    expect(t("named", { name: "Lin" })).toBe("Hello, Lin");
    expect(t("nested.deep", { a: "x", b: "y" })).toBe("x and y");
  });

  it("does not read placeholders out of values", () => {
    expect(t("named", { name: "{count}" })).toBe("Hello, {count}");
  });

  it.each([
    [0, "nobody in line"],
    [1, "1 person in line"],
    [1234, "1,234 people in line"],
  ])("chooses the plural for %d", (count, text) => {
    expect(t("plural", { count, place: "line" })).toBe(text);
  });

  it("fills placeholders inside a branch", () => {
    expect(t("inside", { count: 2, name: "Lin" })).toBe("Lin and 2 others wait");
  });

  it("selects by value and falls back to other", () => {
    expect(t("choice", { mood: "good" })).toBe("fine");
    expect(t("choice", { mood: "?" })).toBe("so-so");
  });

  it("uses the one form that Chinese has", () => {
    expect(createTranslator("zh-CN", { n: "{count, plural, other {# 位}}" })("n", { count: 1 })).toBe("1 位");
  });

  it("returns an unknown key, keeps an unfilled placeholder and survives an open brace", () => {
    expect(t("missing.key")).toBe("missing.key");
    expect(t("toString")).toBe("toString");
    expect(t("nested")).toBe("nested");
    expect(t("named")).toBe("Hello, {name}");
    expect(t("open")).toContain("a ");
  });
});
