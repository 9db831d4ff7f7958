import { describe, expect, it } from "vitest";
import { confidenceOf, decisionFor, hasAnswer } from "./confidence";
import type { Features } from "./features";

/** A question that an entry answers in nearly its own words, with a clear lead. */
const CLEAR: Features = {
  coverage: 0.9,
  phrase: 0.8,
  strength: 0.9,
  answerStrength: 0,
  answered: 0,
  alignment: 0.9,
  alignmentLead: 0.5,
  margin: 0.5,
  clearance: 0.6,
  learned: undefined,
  similarity: undefined,
  similarityLead: 0,
  belonging: undefined,
  trust: 0,
  contentGrams: 8,
  namesNothing: false,
  hanShare: 1,
  exact: false,
};

const confidence = (features: Partial<Features>): number => confidenceOf({ ...CLEAR, ...features });

describe("confidence", () => {
  it("is high for an entry that says what is asked and leads clearly, and never as high as for its own wording", () => {
    expect(confidence({})).toBeGreaterThan(0.9);
    expect(confidence({})).toBeLessThan(confidence({ exact: true }));
  });

  it("is low for an entry that leads clearly and is about something else: a lead makes no answer", () => {
    const elsewhere = { coverage: 0.1, phrase: 0.1, strength: 0.15, alignment: 0.15, alignmentLead: 0.1 };
    expect(confidence(elsewhere)).toBeLessThan(0.2);
  });

  it("is low where several entries fit as well, and offers them: which one is not known, that there is one is", () => {
    const features = { ...CLEAR, alignmentLead: 0, margin: 0.01, clearance: 0.1 };
    expect(confidenceOf(features)).toBeLessThan(0.75);
    expect(decisionFor([0.3, 0.1], hasAnswer(features))).toBe("choices");
  });

  it("neither answers nor offers where nothing speaks for an answer", () => {
    expect(decisionFor([0.1, 0.05, 0.05], 0.3)).toBe("handoff");
  });

  it("is not sure of what was learned from a few wordings alone", () => {
    const learned = { coverage: 0.3, strength: 0.4, alignment: 0.4, learned: 0.8 };
    expect(confidence(learned)).toBeLessThan(0.75);
    expect(confidence({ ...learned, learned: 0.99, coverage: 0.5 })).toBeGreaterThan(confidence(learned));
  });

  it("is not nothing where an entry says it all in words that mean the same", () => {
    const meant = { coverage: 0, phrase: 0, strength: 0.5, alignment: 0.85, alignmentLead: 0.5 };
    expect(confidence(meant)).toBeGreaterThan(0.5);
    expect(confidence({ ...meant, alignment: 0.2, alignmentLead: 0.1 })).toBeLessThan(0.2);
  });

  it("falls with the distance of the question from all that a base knows", () => {
    const at = (nearness: number) =>
      confidence({ alignment: 0.4, similarity: 0.5, trust: 1, belonging: { probabilities: 0.9, nearness } });
    expect(at(-0.3)).toBeGreaterThan(at(-1));
    expect(at(-1)).toBeGreaterThan(at(-2));
    expect(at(-4)).toBe(at(Number.NEGATIVE_INFINITY));
  });

  it("asserts nothing for a question that names nothing", () => {
    expect(confidence({ namesNothing: true, exact: false })).toBeLessThanOrEqual(0.3);
    expect(hasAnswer({ ...CLEAR, contentGrams: 0 })).toBe(0);
  });
});
