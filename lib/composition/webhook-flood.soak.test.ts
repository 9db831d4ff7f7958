import { expect, it } from "vitest";
import { surviveFlood } from "@/lib/testing/webhook-flood";

it("200 webhooks a second for twenty seconds, a fifth of them twice: each answered the same, each kept once (T09)", async () => {
  await expect(surviveFlood(200, 20, "first-try")).resolves.toBeUndefined();
}, 400_000);
