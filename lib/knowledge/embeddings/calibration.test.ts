import { describe, expect, it } from "vitest";
import { meaningOf } from "@/lib/testing/stubs/embeddings";
import { unit } from "../search/phrase-vectors";
import {
  calibrationOf,
  isMeaningless,
  languageOf,
  measureOf,
  PROBE_TEXTS,
  REFERENCE,
  spreadOf,
  trustOf,
} from "./calibration";

const made = (of: (text: string) => Float32Array) => calibrationOf(PROBE_TEXTS.map(of));
const meaning = (text: string) => Float32Array.from(meaningOf(text, 64));

/** The same meaning in a narrow cone, as the vectors of some models lie: everything looks alike at first sight. */
const narrow = (text: string) => {
  const vector = unit(meaning(text));
  return vector.map((value, index) => value + (index === 0 ? 2 : 0));
};

describe("a model is measured by pairs of questions that mean the same", () => {
  it("and nonsense is known for what it is, whatever its numbers look like", () => {
    expect(isMeaningless(made(meaning))).toBe(false);
    expect(isMeaningless(made(() => meaning("the same for all")))).toBe(true);
    expect(
      isMeaningless(made((text) => Float32Array.from(meaningOf([...text].reverse().join("") + text.length, 8)))),
    ).toBe(true);
  });

  it("and vectors in a narrow cone are read like wide ones: what is apart, the same and equal lies where it should", () => {
    for (const of of [meaning, narrow]) {
      const { zh } = made(of);
      const measure = measureOf(zh);
      expect(measure(zh.apart)).toBeCloseTo(REFERENCE.apart, 5);
      expect(measure(zh.same)).toBeCloseTo(REFERENCE.same, 5);
      expect(measure(1)).toBeCloseTo(1, 5);
      expect(measure(-1)).toBeGreaterThanOrEqual(-1);
      expect(trustOf(zh)).toBe(trustOf(made(meaning).zh));
    }
    expect(made(narrow).zh.apart).toBeGreaterThan(0.7);
    expect(spreadOf(made(narrow))).toBeLessThan(spreadOf(made(meaning)) / 2);
  });

  it("by language: one that knows only one of them is trusted with that one alone", () => {
    const english = made((text) =>
      /[\u3400-\u9fff]/u.test(text) ? Float32Array.from([1, 0, 0]) : meaning(text).slice(0, 3),
    );
    expect(english.dimension).toBe(3);
    expect(trustOf(english.zh)).toBe(0);
    expect([
      languageOf("怎么退货"),
      languageOf("iPhone 15 Pro 怎么退"),
      languageOf("How do I return it?"),
      languageOf("123"),
    ]).toEqual(["zh", "en", "en", "en"]);
  });
});
