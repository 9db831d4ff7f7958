import { describe, expect, it } from "vitest";
import { runBulk } from "./run-bulk";

describe("a bulk action", () => {
  it("does each once, four at a time, and goes on after one that fails", async () => {
    const ids = Array.from({ length: 20 }, (_, index) => `cnv_${index}`);
    const seen: string[] = [];
    let running = 0;
    let most = 0;
    const result = await runBulk(ids, async (id) => {
      running += 1;
      most = Math.max(most, running);
      seen.push(id);
      await Promise.resolve();
      running -= 1;
      if (id === "cnv_3") {
        throw new Error("refused");
      }
    });
    expect(seen.sort()).toEqual([...ids].sort());
    expect(most).toBe(4);
    expect(result).toMatchObject({ done: 19, failures: [new Error("refused")] });
  });
});
