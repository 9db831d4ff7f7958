import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { isEnglish, localEmbeddings } from "./local-embeddings";

const dot = (one: Float32Array, other: Float32Array) =>
  one.reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0);

describe("the local model for sentence vectors", () => {
  it("is not there where its package is not installed", () => {
    expect(localEmbeddings(mkdtempSync(path.join(tmpdir(), "yingda-empty-")))).toBeUndefined();
  });

  it("puts sentences that mean the same nearer than others, and says which words it knows", async () => {
    const model = localEmbeddings();
    const texts = ["Can I get my money back?", "I want a refund", "Do you open on Sundays?", "blorptag"];
    const embedded = await model?.embed(texts, [["money"], ["refund"], ["open", "sundays"], ["blorptag"]]);
    const [money, refund, sundays, unknown] = embedded ?? [];
    const empty = new Float32Array();
    const near = dot(money?.vector ?? empty, refund?.vector ?? empty);
    expect(near).toBeGreaterThan(dot(money?.vector ?? empty, sundays?.vector ?? empty));
    expect(dot(money?.vector ?? empty, money?.vector ?? empty)).toBeCloseTo(1, 4);
    expect(money?.trust).toBe(1);
    expect(unknown?.trust).toBe(0);
  }, 60_000);

  it("speaks English and nothing else", () => {
    expect(["Where is my order #123?", "refund"].map(isEnglish)).toEqual([true, true]);
    expect(["退款 refund", "где мой заказ", "123", "", "注文はどこ"].map(isEnglish)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});
