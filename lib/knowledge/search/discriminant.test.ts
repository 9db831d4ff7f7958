import { describe, expect, it } from "vitest";
import { belongingOf, learnDiscriminant } from "./discriminant";
import { unit } from "./phrase-vectors";

const DIMENSION = 32;

/** Numbers that look random and are the same every time. */
function numbers(seed: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length: DIMENSION }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

const near = (centre: Float32Array, seed: number, by = 0.2): Float32Array =>
  unit(centre.map((value, index) => value + by * (numbers(seed)[index] ?? 0)));

const centres = [unit(numbers(20)), unit(numbers(21)), unit(numbers(22))];
const documents = centres.map((centre, place) => [1, 2, 3, 4].map((each) => near(centre, place * 10 + each)));

describe("what is learned from how vectors spread", () => {
  it("tells which document a new wording belongs to", async () => {
    const learned = await learnDiscriminant(documents, DIMENSION);
    for (const [place, centre] of centres.entries()) {
      const { probabilities } = belongingOf(learned, near(centre, 99));
      expect(probabilities.indexOf(Math.max(...probabilities))).toBe(place);
      expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 4);
    }
  });

  it("holds a question that lies apart from all for further away than one that a document knows", async () => {
    const learned = await learnDiscriminant(documents, DIMENSION);
    const best = (vector: Float32Array) => Math.max(...belongingOf(learned, vector).nearness);
    for (const [place, centre] of centres.entries()) {
      expect(best(near(centre, 77 + place))).toBeGreaterThan(best(unit(numbers(500 + place))));
    }
  });

  it("says nothing for a document that has no vectors", async () => {
    const learned = await learnDiscriminant([...documents, []], DIMENSION);
    const { probabilities, nearness } = belongingOf(learned, near(centres[0] ?? numbers(1), 5));
    expect(probabilities[3]).toBe(0);
    expect(nearness[3]).toBe(Number.NEGATIVE_INFINITY);
  });
});
