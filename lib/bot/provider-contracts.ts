import { z } from "zod";
import { defineContract } from "@/lib/platform/http/contract";
import { provider, providerFields, providerInput, providerOptionFields, providerTrial } from "./provider-schema";

const byId = z.object({ id: z.string().max(40) });
const done = z.object({ ok: z.literal(true) });

export const listProviders = defineContract({
  name: "listProviders",
  summary: "Services that write the bot's answers, in the order in which they are asked, with calls, cost and latency",
  tag: "Bot",
  method: "GET",
  path: "/api/v1/bot/providers",
  audience: ["agent", "key"],
  permission: "bot.read",
  result: z.object({ items: z.array(provider) }),
});

export const createProvider = defineContract({
  name: "createProvider",
  summary: "Add a service at the end of the chain; its keys are sealed and never given back",
  tag: "Bot",
  method: "POST",
  path: "/api/v1/bot/providers",
  audience: ["agent", "key"],
  permission: "bot.write",
  body: providerInput,
  result: provider,
  status: 201,
});

export const updateProvider = defineContract({
  name: "updateProvider",
  summary: "Change a service; a key that is left out stays",
  tag: "Bot",
  method: "PATCH",
  path: "/api/v1/bot/providers/{id}",
  audience: ["agent", "key"],
  permission: "bot.write",
  params: byId,
  body: providerFields.omit({ kind: true }).partial().extend({
    options: providerOptionFields.partial().optional(),
    version: z.int().optional(),
  }),
  result: provider,
});

export const deleteProvider = defineContract({
  name: "deleteProvider",
  summary: "Remove a service",
  tag: "Bot",
  method: "DELETE",
  path: "/api/v1/bot/providers/{id}",
  audience: ["agent", "key"],
  permission: "bot.write",
  params: byId,
  result: done,
});

export const orderProviders = defineContract({
  name: "orderProviders",
  summary: "Put the services in order; those left out come last",
  tag: "Bot",
  method: "PUT",
  path: "/api/v1/bot/providers",
  audience: ["agent", "key"],
  permission: "bot.write",
  body: z.object({ ids: z.array(z.string().max(40)).max(50) }),
  result: done,
});

export const testProvider = defineContract({
  name: "testProvider",
  summary: "Ask a service a harmless question and say what came of it",
  tag: "Bot",
  method: "POST",
  path: "/api/v1/bot/providers/{id}/test",
  audience: ["agent", "key"],
  permission: "bot.write",
  params: byId,
  result: providerTrial,
  perMinute: 20,
});
