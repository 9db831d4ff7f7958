import { z } from "zod";
import { defineContract } from "@/lib/platform/http/contract";
import { agent, agentInput, agentPatch, me, password, presence } from "./schema";

const byId = z.object({ id: z.string().max(40) });

export const getMe = defineContract({
  name: "getMe",
  summary: "Who is signed in",
  tag: "Identity",
  method: "GET",
  path: "/api/v1/me",
  audience: ["agent"],
  result: me,
});

export const setPresence = defineContract({
  name: "setPresence",
  summary: "Go online, away or offline",
  tag: "Identity",
  method: "PUT",
  path: "/api/v1/me/presence",
  audience: ["agent"],
  body: z.object({ status: presence }),
  result: z.object({ status: presence }),
});

export const pingPresence = defineContract({
  name: "pingPresence",
  summary: "The desk is open, and whether somebody was at it; idle agents become away, lost desks offline",
  tag: "Identity",
  method: "POST",
  path: "/api/v1/me/ping",
  audience: ["agent"],
  body: z.object({ active: z.boolean() }),
  result: z.object({ status: presence }),
});

export const switchMerchant = defineContract({
  name: "switchMerchant",
  summary: "Work for another of the caller's merchants; sets the merchant cookie",
  tag: "Identity",
  method: "POST",
  path: "/api/v1/me/merchant",
  audience: ["agent"],
  body: z.object({ merchantId: z.string().max(40) }),
  result: z.object({ ok: z.literal(true) }),
});

export const listAgents = defineContract({
  name: "listAgents",
  summary: "The merchant's agents with state and load",
  tag: "Identity",
  method: "GET",
  path: "/api/v1/agents",
  audience: ["agent", "key"],
  permission: "agents.read",
  query: z.object({ search: z.string().max(100).optional() }),
  result: z.object({ items: z.array(agent) }),
});

export const createAgent = defineContract({
  name: "createAgent",
  summary: "Add an agent; answers the first password when none was given (shown once)",
  tag: "Identity",
  method: "POST",
  path: "/api/v1/agents",
  audience: ["agent", "key"],
  permission: "agents.write",
  body: agentInput.extend({ password: password.optional() }),
  result: z.object({ agent, password: z.string().nullable() }),
  status: 201,
});

export const updateAgent = defineContract({
  name: "updateAgent",
  summary: "Change name, role, capacity, skills; disable (ends the agent's sessions at once) or enable",
  tag: "Identity",
  method: "PATCH",
  path: "/api/v1/agents/{id}",
  audience: ["agent", "key"],
  permission: "agents.write",
  params: byId,
  body: agentPatch,
  result: agent,
});
