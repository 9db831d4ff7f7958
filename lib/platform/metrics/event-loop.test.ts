import { expect, it, vi } from "vitest";
import { longestStall, watchEventLoop } from "./event-loop";

it("tells how long this process stood still, and nothing before it did", async () => {
  const stop = watchEventLoop();
  try {
    expect(longestStall()).toBeNull();
    const until = performance.now() + 2_000;
    while (performance.now() < until) {
      // Nothing else runs in this process now.
    }
    await vi.waitUntil(() => longestStall() !== null, 5_000);
    expect(longestStall()).toBeGreaterThanOrEqual(1_500);
  } finally {
    stop();
  }
});
