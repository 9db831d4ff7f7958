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

export const installState = z.object({
  /** `waiting`: the tables are still to be made. `running`: somebody is at it, `done` of `total` steps so far. */
  stage: z.enum(["waiting", "running", "ready"]),
  done: z.number().int(),
  total: z.number().int(),
});
export type InstallState = z.infer<typeof installState>;

export const getInstallState = defineContract({
  name: "getInstallState",
  summary: "How far the tables of a new installation are. Answers 404 once it is set up",
  tag: "System",
  method: "GET",
  path: "/api/v1/install/state",
  audience: ["public"],
  result: installState,
});

export const prepareDatabase = defineContract({
  name: "prepareDatabase",
  summary:
    "Make the tables of a new installation, once however many ask; answers when they are there, 404 once it is set up",
  tag: "System",
  method: "POST",
  path: "/api/v1/install/database",
  audience: ["public"],
  perMinute: 20,
  result: installState,
});
