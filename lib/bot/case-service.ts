import type { Transaction } from "@/db/client";
import { record } from "@/lib/audit/service";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { storable } from "@/lib/core/text";
import { agentsWhoMay, merchantOf } from "@/lib/identity/queries";
import { getEntry, getPublishedEntry } from "@/lib/knowledge/queries";
import type { Context } from "@/lib/platform/context";
import { emit } from "@/lib/platform/jobs/emit";
import { readSettings } from "@/lib/settings/service";
import { compareRuns, judgeCase } from "./case-outcome";
import {
  changeCase,
  findRun,
  findRunBefore,
  insertCase,
  insertRun,
  lockCase,
  type RunRow,
  removeCase,
  selectCases,
  selectOutdated,
  selectRuns,
} from "./case-repository";
import {
  type BotCase,
  type BotRun,
  CASES_MAX,
  type CaseEdit,
  type CaseInput,
  type CaseResult,
  caseResult,
  type Expectation,
  expectation,
  type RunSummary,
} from "./case-schema";
import { rehearse } from "./rehearse";
import { type BotRules, botSettings } from "./settings-schema";

/** All cases of the caller's merchant. */
export async function listCases(context: Context): Promise<BotCase[]> {
  const rows = await selectCases(context.db, merchantOf(context));
  return rows.map(({ row, entryQuestion }) => ({
    id: row.id,
    version: row.version,
    says: row.turns,
    expected: expectation.parse(row.expected),
    entryQuestion,
    note: row.note,
  }));
}

/** Whether the expected entry is there; one of the platform's shared ones may be expected, too. */
async function isThere(context: Context, { entryId }: Expectation): Promise<boolean> {
  if (entryId === undefined) {
    return true;
  }
  try {
    await getPublishedEntry(context, entryId).catch(() => getEntry(context, entryId));
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") {
      return false;
    }
    throw error;
  }
}

const entryMissing = (): AppError => new AppError("not_found", "entry_not_found");

/** Adds a case. @throws AppError conflict `case_limit`; not_found `entry_not_found` */
export async function createCase(context: Context, input: CaseInput): Promise<{ id: string }> {
  const merchantId = merchantOf(context);
  if (!(await isThere(context, input.expected))) {
    throw entryMissing();
  }
  const id = newId("botCase", context.now());
  await context.db.transaction(async (tx) => {
    if ((await selectCases(tx, merchantId)).length >= CASES_MAX) {
      throw new AppError("conflict", "case_limit", { values: { max: CASES_MAX } });
    }
    const turns = input.says.map((text) => storable(text));
    await insertCase(tx, { id, merchantId, turns, expected: input.expected, note: input.note });
    await record(tx, context, { action: "case.created", targetType: "case", targetId: id, after: input });
  });
  return { id };
}

/**
 * Changes a case; what is left out stays. Its next outcome is not compared with what came of it before.
 *
 * @throws AppError not_found, `entry_not_found`; conflict `stale_version`
 */
export async function updateCase(context: Context, id: string, edit: CaseEdit): Promise<void> {
  const there = edit.expected === undefined || (await isThere(context, edit.expected));
  await context.db.transaction(async (tx) => {
    const row = await lockCase(tx, merchantOf(context), id);
    if (!row) {
      throw new AppError("not_found", "not_found");
    }
    if (edit.version !== undefined && edit.version !== row.version) {
      throw new AppError("conflict", "stale_version");
    }
    const before = { says: row.turns, expected: expectation.parse(row.expected), note: row.note };
    const after = {
      says: edit.says?.map((text) => storable(text)) ?? before.says,
      expected: edit.expected ?? before.expected,
      note: edit.note ?? before.note,
    };
    // An entry that went since may stand where it stood: only another one has to be there.
    if (!there && after.expected.entryId !== before.expected.entryId) {
      throw entryMissing();
    }
    const { says: turns, ...rest } = after;
    await changeCase(tx, id, { ...rest, turns, updatedAt: context.now() });
    await record(tx, context, { action: "case.updated", targetType: "case", targetId: id, before, after });
  });
}

/** @throws AppError not_found */
export async function deleteCase(context: Context, id: string): Promise<void> {
  await context.db.transaction(async (tx) => {
    const says = await removeCase(tx, merchantOf(context), id);
    if (!says) {
      throw new AppError("not_found", "not_found");
    }
    await record(tx, context, { action: "case.deleted", targetType: "case", targetId: id, before: { says } });
  });
}

function toSummary({ id, cause, total, passed, ms, createdAt }: Omit<RunRow, "results">): RunSummary {
  return {
    id,
    cause: cause === "publish" ? "publish" : "manual",
    total,
    passed,
    ms,
    createdAt: createdAt.toISOString(),
  };
}

const resultsOf = (row: RunRow | undefined): CaseResult[] | undefined => row && caseResult.array().parse(row.results);

async function toRun(context: Context, row: RunRow): Promise<BotRun> {
  const results = resultsOf(row) ?? [];
  const before = await findRunBefore(context.db, row.merchantId, row.createdAt);
  return {
    ...toSummary(row),
    failed: results.filter(({ passed }) => !passed),
    changes: compareRuns(resultsOf(before), results),
  };
}

/** Says what a publication broke that was right before; with the run, or not at all. */
async function tellBroken(tx: Transaction, row: RunRow, rules: BotRules): Promise<void> {
  const { id: runId, merchantId, createdAt: at } = row;
  const before = resultsOf(await findRunBefore(tx, merchantId, at));
  const broken = compareRuns(before, resultsOf(row) ?? []).filter(({ change }) => change === "broke");
  if (broken.length > 0) {
    const questions = broken.map(({ says }) => says.at(-1) ?? "");
    const agentIds = rules.tellBrokenCases ? await agentsWhoMay(tx, merchantId, "knowledge.write") : [];
    await emit(tx, { merchantId, at }, "bot.cases_broke", { runId, questions, agentIds });
  }
}

/**
 * Asks the bot every case of a merchant, in the entries' own words: the same questions give the same run, and none
 * costs anything.
 */
export async function runCases(context: Context, cause: "publish" | "manual"): Promise<BotRun> {
  const merchantId = merchantOf(context);
  const started = performance.now();
  // What is published while it runs is for the next one.
  const createdAt = context.now();
  const rules = await readSettings(context.db, merchantId, botSettings);
  const stage = { rules, links: [], agentsOnline: true };
  const results: CaseResult[] = [];
  for (const tried of await listCases(context)) {
    const replies = await rehearse({ ...context, actor: { kind: "bot", merchantId } }, tried.says, stage);
    results.push(judgeCase(tried, replies.length === tried.says.length ? replies.at(-1) : undefined));
  }
  const row: RunRow = {
    id: newId("botRun", createdAt),
    merchantId,
    cause,
    total: results.length,
    passed: results.filter(({ passed }) => passed).length,
    results,
    ms: Math.round(performance.now() - started),
    createdAt,
  };
  await context.db.transaction(async (tx) => {
    await insertRun(tx, row);
    if (cause === "publish") {
      await tellBroken(tx, row, rules);
    }
  });
  return toRun(context, row);
}

/** The last runs, newest first. */
export async function listRuns(context: Context): Promise<RunSummary[]> {
  return (await selectRuns(context.db, merchantOf(context))).map(toSummary);
}

/** One run with what changed. @throws AppError not_found */
export async function getRun(context: Context, id: string): Promise<BotRun> {
  const row = await findRun(context.db, merchantOf(context), id);
  if (!row) {
    throw new AppError("not_found", "not_found");
  }
  return toRun(context, row);
}

/** Changes come in bunches: a run waits until nothing has changed for this long, in milliseconds. */
const QUIET_MS = 15_000;

/** Runs the cases of every merchant whose published knowledge is another than at its last run. */
export async function runOutdated(context: Context): Promise<void> {
  const quietSince = new Date(context.now().getTime() - QUIET_MS);
  for (const merchantId of await selectOutdated(context.db, quietSince)) {
    const run = await runCases({ ...context, actor: { kind: "system", merchantId } }, "publish");
    context.log.info({ merchantId, total: run.total, passed: run.passed }, "regression cases ran");
  }
}
