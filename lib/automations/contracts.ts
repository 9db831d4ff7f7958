import { z } from "zod";
import { pageOf, pageQuery } from "@/lib/core/pagination";
import { defineContract } from "@/lib/platform/http/contract";
import { dryRun, rule, ruleInput, ruleRun } from "./schema";

const byId = z.object({ id: z.string().max(40) });

export const listRules = defineContract({
  name: "listRules",
  summary: "The merchant's rules, in the order in which they run",
  tag: "Rules",
  method: "GET",
  path: "/api/v1/rules",
  audience: ["agent", "key"],
  permission: "settings.read",
  result: z.object({ items: z.array(rule) }),
});

export const createRule = defineContract({
  name: "createRule",
  summary: "Add a rule: when an event happens, if conditions hold, do actions",
  tag: "Rules",
  method: "POST",
  path: "/api/v1/rules",
  audience: ["agent", "key"],
  permission: "settings.write",
  body: ruleInput,
  result: rule,
  status: 201,
});

export const updateRule = defineContract({
  name: "updateRule",
  summary: "Change a rule, or switch it on or off; 409 `stale_version` when somebody changed it meanwhile",
  tag: "Rules",
  method: "PUT",
  path: "/api/v1/rules/{id}",
  audience: ["agent", "key"],
  permission: "settings.write",
  params: byId,
  body: ruleInput.safeExtend({ version: z.int() }),
  result: rule,
});

export const orderRules = defineContract({
  name: "orderRules",
  summary: "Set the order in which rules run; rules that are left out come last, as they were",
  tag: "Rules",
  method: "PUT",
  path: "/api/v1/rules/order",
  audience: ["agent", "key"],
  permission: "settings.write",
  body: z.object({ ids: z.array(z.string().max(40)).min(1).max(100) }),
  result: z.object({ items: z.array(rule) }),
});

export const deleteRule = defineContract({
  name: "deleteRule",
  summary: "Delete a rule with the record of its runs",
  tag: "Rules",
  method: "DELETE",
  path: "/api/v1/rules/{id}",
  audience: ["agent", "key"],
  permission: "settings.write",
  params: byId,
  result: z.object({ ok: z.literal(true) }),
});

export const dryRunRule = defineContract({
  name: "dryRunRule",
  summary: "What a rule would have caught among the last 500 events; nothing is done",
  tag: "Rules",
  method: "POST",
  path: "/api/v1/rules/dry-run",
  audience: ["agent", "key"],
  permission: "settings.read",
  body: ruleInput,
  result: dryRun,
  perMinute: 30,
});

export const listRuleRuns = defineContract({
  name: "listRuleRuns",
  summary: "What rules did, newest first",
  tag: "Rules",
  method: "GET",
  path: "/api/v1/rules/runs",
  audience: ["agent", "key"],
  permission: "settings.read",
  query: pageQuery,
  result: pageOf(ruleRun),
});
