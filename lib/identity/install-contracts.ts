import { z } from "zod";
import { defineContract } from "@/lib/platform/http/contract";
import { agentInput, password } from "./schema";

/** The first merchant with its web channel, and the first administrator. */
export const installInput = z.object({
  merchantName: z.string().trim().min(1).max(60),
  name: agentInput.shape.name,
  email: agentInput.shape.email,
  password,
  locale: z.enum(["zh-CN", "en"]),
  timezone: z.string().max(60),
  /** Knowledge and conversations of a made-up shop, to look around with. */
  samples: z.boolean().default(false),
});

export const install = defineContract({
  name: "install",
  summary: "Set a new installation up: merchant, web channel, administrator. Answers 404 for ever after",
  tag: "System",
  method: "POST",
  path: "/api/v1/install",
  audience: ["public"],
  perMinute: 10,
  body: installInput,
  result: z.object({ email: z.string() }),
  status: 201,
});
