import { record } from "@/lib/audit/service";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { storable } from "@/lib/core/text";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { learnedIntents } from "./intent-recognition";
import {
  changeIntent,
  type IntentRow,
  insertIntent,
  isNameTaken,
  lockIntent,
  removeIntent,
  selectIntents,
} from "./intent-repository";
import {
  INTENTS_MAX,
  type Intent,
  type IntentGuess,
  type IntentInput,
  intentAction,
  type TaughtCategory,
} from "./intent-schema";

const actionOf = (row: IntentRow) => intentAction.catch("answer").parse(row.action);

function contentOf(row: IntentRow): IntentInput {
  const { name, examples, priority, skill, enabled } = row;
  return { name, examples, action: actionOf(row), priority, skill, enabled };
}

/** The caller's merchant's intents by name, and the categories that teach topics of their own. */
export async function listIntents(context: Context): Promise<{ items: Intent[]; categories: TaughtCategory[] }> {
  const [rows, { learned }] = await Promise.all([
    selectIntents(context.db, merchantOf(context)),
    learnedIntents(context),
  ]);
  const names = new Set(rows.map(({ name }) => name));
  return {
    items: rows.map((row) => ({
      ...contentOf(row),
      id: row.id,
      version: row.version,
      learned: learned.get(row.name) ?? 0,
    })),
    categories: [...learned]
      .filter(([name]) => !names.has(name))
      .map(([name, count]) => ({ name, learned: count }))
      .sort((first, second) => second.learned - first.learned || first.name.localeCompare(second.name)),
  };
}

function clean(input: IntentInput): IntentInput {
  return {
    ...input,
    name: storable(input.name),
    examples: [...new Set(input.examples.map((text) => storable(text)))],
    skill: input.skill && storable(input.skill),
  };
}

const nameTaken = (): AppError =>
  new AppError("conflict", "intent_name_taken", { fields: [{ path: "body.name", reason: "intent_name_taken" }] });

/** Adds an intent. @throws AppError conflict `intent_limit` | `intent_name_taken` */
export async function createIntent(context: Context, input: IntentInput): Promise<{ id: string }> {
  const merchantId = merchantOf(context);
  const id = newId("intent", context.now());
  const values = clean(input);
  await context.db.transaction(async (tx) => {
    if ((await selectIntents(tx, merchantId)).length >= INTENTS_MAX) {
      throw new AppError("conflict", "intent_limit", { values: { max: INTENTS_MAX } });
    }
    const row = { ...values, id, merchantId, updatedAt: context.now(), createdAt: context.now() };
    if (!(await insertIntent(tx, row))) {
      throw nameTaken();
    }
    await record(tx, context, { action: "intent.created", targetType: "intent", targetId: id, after: values });
  });
  return { id };
}

type IntentChange = { readonly [Key in keyof IntentInput]?: IntentInput[Key] | undefined } & {
  readonly version?: number | undefined;
};

/**
 * Changes an intent; what is left out stays.
 *
 * @throws AppError not_found; conflict `stale_version` | `intent_name_taken`
 */
export async function updateIntent(context: Context, id: string, change: IntentChange): Promise<void> {
  const merchantId = merchantOf(context);
  const { version, ...fields } = change;
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  await context.db.transaction(async (tx) => {
    const row = await lockIntent(tx, merchantId, id);
    if (!row) {
      throw new AppError("not_found", "not_found");
    }
    if (version !== undefined && version !== row.version) {
      throw new AppError("conflict", "stale_version");
    }
    const before = contentOf(row);
    const after = clean({ ...before, ...given });
    if (await isNameTaken(tx, merchantId, after.name, id)) {
      throw nameTaken();
    }
    await changeIntent(tx, id, { ...after, updatedAt: context.now() });
    await record(tx, context, { action: "intent.updated", targetType: "intent", targetId: id, before, after });
  });
}

/** @throws AppError not_found */
export async function deleteIntent(context: Context, id: string): Promise<void> {
  await context.db.transaction(async (tx) => {
    const row = await lockIntent(tx, merchantOf(context), id);
    if (!row) {
      throw new AppError("not_found", "not_found");
    }
    await removeIntent(tx, id);
    const before = contentOf(row);
    await record(tx, context, { action: "intent.deleted", targetType: "intent", targetId: id, before });
  });
}

/** What a question is taken to be about, likeliest first. */
export async function tryIntents(context: Context, text: string): Promise<IntentGuess[]> {
  const { guess, intents } = await learnedIntents(context);
  return guess(text).map(({ label, confidence }) => ({
    name: label,
    intentId: intents.find(({ name }) => name === label)?.id ?? null,
    confidence,
  }));
}
