import { expect, it } from "vitest";
import { surviveFlood } from "@/lib/testing/webhook-flood";

it("200 webhooks a second for two seconds, a fifth of them twice: each answered the same, each kept once (T09)", async () => {
  await expect(surviveFlood(200, 2, "all-tries")).resolves.toBeUndefined();
}, 300_000);
