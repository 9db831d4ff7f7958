import { describe, expect, it } from "vitest";
import { documentsNear, middleOf, PhraseVectorsBuilder, similarityOf, unit } from "./phrase-vectors";
import { classify, learnVectors } from "./vector-classifier";
import { pack, textKey, unpack } from "./vector-store";

/** Numbers that look random and are the same every time. */
function numbers(seed: number, count: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

const dot = (one: Float32Array, other: Float32Array) =>
  one.reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0);

describe("vectors of phrases", () => {
  it("keep their cosines to the second place in a quarter of the room", () => {
    const one = unit(numbers(1, 512));
    const other = unit(numbers(2, 512));
    expect(dot(unpack(pack(one)), other)).toBeCloseTo(dot(one, other), 2);
    expect(pack(one)).toHaveLength(516);
    expect(textKey(" a ")).toBe(textKey("a"));
  });

  it("answer for the closest phrase and for the middle; a document without any has no similarity", async () => {
    const phrases = [unit(numbers(3, 64)), unit(numbers(4, 64))];
    const builder = new PhraseVectorsBuilder(64);
    builder.add([]);
    builder.add(phrases);
    const vectors = await builder.build();
    const [first = new Float32Array()] = phrases;
    expect(similarityOf(vectors, 0, first)).toBeUndefined();
    expect(similarityOf(vectors, 1, first)?.best).toBeCloseTo(1, 1);
    expect(similarityOf(vectors, 1, first)?.middle).toBeCloseTo(dot(middleOf(phrases), first), 1);
    expect(vectors.share).toBe(0.5);
  });

  it("of many documents, the nearest are among those that are compared exactly", async () => {
    const builder = new PhraseVectorsBuilder(64);
    const rows = Array.from({ length: 9_000 }, (_none, index) => unit(numbers(index + 10, 64)));
    for (const row of rows) {
      builder.add([row]);
    }
    const vectors = await builder.build();
    const asked = unit(
      rows[4_321]?.map((value, index) => value + 0.02 * (numbers(7, 64)[index] ?? 0)) ?? numbers(1, 64),
    );
    const near = [...documentsNear(vectors, asked)];
    expect(near).toContain(4_321);
    expect(near.length).toBeLessThan(1_500);
  });

  it("teach which document a new one belongs to", async () => {
    const centres = [unit(numbers(20, 32)), unit(numbers(21, 32)), unit(numbers(22, 32))];
    const near = (centre: Float32Array, seed: number) =>
      unit(centre.map((value, index) => value + 0.1 * (numbers(seed, 32)[index] ?? 0)));
    const classifier = await learnVectors(
      centres.map((centre, place) => [1, 2, 3, 4].map((each) => near(centre, place * 10 + each))),
      32,
    );
    for (const [place, centre] of centres.entries()) {
      const scores = classifier ? [...classify(classifier, near(centre, 99))] : [];
      expect(scores.indexOf(Math.max(...scores))).toBe(place);
    }
  });
});
