import { describe, expect, it } from "vitest";
import { type DiffPiece, diffTexts } from "./text-diff";

const shown = (pieces: readonly DiffPiece[]): string =>
  pieces.map(({ kind, text }) => ({ same: text, removed: `[-${text}-]`, added: `{+${text}+}` })[kind]).join("");
const side = (pieces: readonly DiffPiece[], without: DiffPiece["kind"]): string =>
  pieces.flatMap(({ kind, text }) => (kind === without ? [] : [text])).join("");

describe("the differences of two texts", () => {
  it.each([
    ["七点发车。", "七点半发车。", "七点{+半+}发车。"],
    ["押金 20 元", "押金 50 元", "押金 [-20-]{+50+} 元"],
    ["Open every day.", "Open on every working day.", "Open {+on +}every{+ working+} day."],
    ["一\n二\n三", "一\n三", "一\n[-二\n-]三"],
    ["", "新的", "{+新的+}"],
    ["旧的", "", "[-旧的-]"],
    ["一样", "一样", "一样"],
    ["", "", ""],
  ])("of 「%s」 and 「%s」", (earlier, later, expected) => {
    expect(shown(diffTexts(earlier, later))).toBe(expected);
  });

  it("give both texts back whole, whatever they are", () => {
    let seed = 7;
    const random = (most: number): number => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % most;
    };
    const words = ["退款", " ", "order", "\n", "。", "3", "天"];
    const text = () => Array.from({ length: random(60) }, () => words[random(words.length)] ?? "").join("");
    for (let run = 0; run < 300; run += 1) {
      const [earlier, later] = [text(), text()];
      const pieces = diffTexts(earlier, later);
      expect(side(pieces, "added")).toBe(earlier);
      expect(side(pieces, "removed")).toBe(later);
    }
  });

  it("of two long texts with nothing in common are one in place of the other, at once", () => {
    const start = performance.now();
    const pieces = diffTexts("甲".repeat(20_000), "乙".repeat(20_000));
    expect(pieces.map(({ kind }) => kind)).toEqual(["removed", "added"]);
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
