import { z } from "zod";
import { defineContract } from "@/lib/platform/http/contract";
import { botCase, botRun, caseEdit, caseInput, runSummary } from "./case-schema";

const byId = z.object({ id: z.string().max(40) });

export const listCases = defineContract({
  name: "listCases",
  summary: "Questions with what the bot should make of them",
  tag: "Bot",
  method: "GET",
  path: "/api/v1/bot/cases",
  audience: ["agent", "key"],
  permission: "bot.read",
  result: z.object({ items: z.array(botCase) }),
});

export const createCase = defineContract({
  name: "createCase",
  summary: "Add a question with what the bot should make of it",
  tag: "Bot",
  method: "POST",
  path: "/api/v1/bot/cases",
  audience: ["agent", "key"],
  permission: "knowledge.write",
  body: caseInput,
  result: z.object({ id: z.string() }),
  status: 201,
});

export const updateCase = defineContract({
  name: "updateCase",
  summary: "Change a question or what the bot should make of it; what is left out stays",
  tag: "Bot",
  method: "PATCH",
  path: "/api/v1/bot/cases/{id}",
  audience: ["agent", "key"],
  permission: "knowledge.write",
  params: byId,
  body: caseEdit,
  result: z.object({ ok: z.literal(true) }),
});

export const deleteCase = defineContract({
  name: "deleteCase",
  summary: "Remove a question",
  tag: "Bot",
  method: "DELETE",
  path: "/api/v1/bot/cases/{id}",
  audience: ["agent", "key"],
  permission: "knowledge.write",
  params: byId,
  result: z.object({ ok: z.literal(true) }),
});

export const runCases = defineContract({
  name: "runCases",
  summary: "Ask the bot all questions now, without models, and compare with the last time",
  tag: "Bot",
  method: "POST",
  path: "/api/v1/bot/runs",
  audience: ["agent", "key"],
  permission: "knowledge.write",
  result: botRun,
  perMinute: 6,
});

export const listRuns = defineContract({
  name: "listRuns",
  summary: "The last runs of all questions, newest first; one starts by itself after each publication",
  tag: "Bot",
  method: "GET",
  path: "/api/v1/bot/runs",
  audience: ["agent", "key"],
  permission: "bot.read",
  result: z.object({ items: z.array(runSummary) }),
});

export const getRun = defineContract({
  name: "getRun",
  summary: "One run: what failed, and what is different from the run before it",
  tag: "Bot",
  method: "GET",
  path: "/api/v1/bot/runs/{id}",
  audience: ["agent", "key"],
  permission: "bot.read",
  params: byId,
  result: botRun,
});
