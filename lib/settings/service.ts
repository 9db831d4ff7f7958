import type { z } from "zod";
import type { Executor } from "@/db/client";
import { record } from "@/lib/audit/service";
import { AppError } from "@/lib/core/errors";
import type { Context } from "@/lib/platform/context";
import { seal, unseal } from "@/lib/platform/crypto/seal";
import { environmentSetting } from "@/lib/platform/env/env";
import type { SettingsGroup } from "./definition";
import { findSettings, replaceSettings, type StoredValues } from "./repository";
import { valueFromText } from "./value-text";

type Values<Shape extends z.ZodRawShape> = Readonly<z.output<z.ZodObject<Shape>>>;

/** A stored value that no longer fits (an older release allowed it) counts as not set: the default stands. */
function fitting<Shape extends z.ZodRawShape>(group: SettingsGroup<Shape>, stored: StoredValues): StoredValues {
  const entries = Object.entries(stored).filter(([field, value]) => {
    const schema = group.schema.shape[field] as z.ZodType | undefined;
    return schema?.safeParse(value).success === true;
  });
  return Object.fromEntries(entries);
}

function opened<Shape extends z.ZodRawShape>(group: SettingsGroup<Shape>, stored: StoredValues): StoredValues {
  const entries = Object.entries(stored).map(([field, value]) => [
    field,
    group.secrets.includes(field) && typeof value === "string" && value !== "" ? unseal(value) : value,
  ]);
  return Object.fromEntries(entries);
}

/** What the environment fixes; a variable whose value does not fit counts as not set, and `yingda doctor` names it. */
function fromEnvironment(group: SettingsGroup): StoredValues {
  const entries = Object.entries(group.schema.shape).flatMap(([field, schema]) => {
    const { text } = environmentSetting(group.name, field);
    const read = text === undefined ? undefined : valueFromText(schema as z.ZodType, text);
    return read ? [[field, read.value] as const] : [];
  });
  return Object.fromEntries(entries);
}

/** Environment variables that are meant for a field of the group and hold nothing that it takes. */
export function unreadableVariables(group: SettingsGroup): string[] {
  return Object.entries(group.schema.shape).flatMap(([field, schema]) => {
    const { name, text } = environmentSetting(group.name, field);
    return text !== undefined && !valueFromText(schema as z.ZodType, text) ? [name] : [];
  });
}

/**
 * A merchant's settings of one group: the environment's values over its own over the platform's over the defaults
 * (design section 5).
 *
 * @param executor a transaction where the answer must fit what else it reads
 */
export async function readSettings<Shape extends z.ZodRawShape>(
  executor: Executor,
  merchantId: string,
  group: SettingsGroup<Shape>,
): Promise<Values<Shape>> {
  const { own, platform } = await findSettings(executor, merchantId, group.name);
  return group.schema.parse({
    ...fitting(group, opened(group, platform)),
    ...fitting(group, opened(group, own.values)),
    ...fromEnvironment(group),
  });
}

export interface SettingsView {
  /** The values in force, without the secrets. */
  readonly values: Record<string, unknown>;
  /** What a field has once the merchant gives its own value back: the platform's, or the default. */
  readonly inherited: Record<string, unknown>;
  /** Fields the merchant set itself. */
  readonly own: string[];
  /** Fields that the environment fixes, with the variable's name: nobody changes them here. */
  readonly fixed: Record<string, string>;
  /** Secret fields that have a value. */
  readonly secretsSet: string[];
  readonly version: number;
}

/** What a form shows: never a secret. */
export async function viewSettings(context: Context, merchantId: string, group: SettingsGroup): Promise<SettingsView> {
  const { own, platform } = await findSettings(context.db, merchantId, group.name);
  const values: Record<string, unknown> = { ...(await readSettings(context.db, merchantId, group)) };
  const inherited: Record<string, unknown> = { ...group.schema.parse(fitting(group, platform)) };
  const secretsSet = group.secrets.filter((field) => Boolean(values[field]));
  for (const field of group.secrets) {
    delete values[field];
    delete inherited[field];
  }
  const fixed = Object.keys(fromEnvironment(group)).map((field) => [field, environmentSetting(group.name, field).name]);
  return {
    values,
    inherited,
    own: Object.keys(own.values).sort(),
    fixed: Object.fromEntries(fixed),
    secretsSet,
    version: own.version,
  };
}

/**
 * Changes some fields of a group. `null` gives a field back to the platform's value or the default. Secrets are sealed
 * and only named in the audit log.
 *
 * @param input.version what the form was filled with; undefined: whatever is there (command line, seed)
 * @throws AppError invalid `setting_invalid` with the field's problem; conflict `stale_version` when it changed since
 */
export async function updateSettings<Shape extends z.ZodRawShape>(
  context: Context,
  merchantId: string,
  group: SettingsGroup<Shape>,
  input: { readonly patch: Readonly<Record<string, unknown>>; readonly version?: number | undefined },
): Promise<void> {
  await context.db.transaction(async (tx) => {
    const { own } = await findSettings(tx, merchantId, group.name);
    if (input.version !== undefined && input.version !== own.version) {
      throw new AppError("conflict", "stale_version");
    }
    const values: Record<string, unknown> = { ...own.values };
    const fixed = fromEnvironment(group);
    for (const [field, value] of Object.entries(input.patch)) {
      if (Object.hasOwn(fixed, field)) {
        const { name } = environmentSetting(group.name, field);
        throw new AppError("conflict", "setting_fixed", { values: { name } });
      }
      if (value === null) {
        delete values[field];
        continue;
      }
      const parsed = checked(group, field, value);
      values[field] = group.secrets.includes(field) && parsed !== "" ? seal(String(parsed)) : parsed;
    }
    const key = { merchantId, group: group.name, version: own.version };
    if (!(await replaceSettings(tx, key, values, context.now()))) {
      throw new AppError("conflict", "stale_version");
    }
    const shown = (all: StoredValues) =>
      Object.fromEntries(
        Object.keys(input.patch).map((field) => [
          field,
          group.secrets.includes(field) ? (all[field] ? "•••" : null) : (all[field] ?? null),
        ]),
      );
    await record(tx, context, {
      action: "settings.updated",
      targetType: "settings",
      targetId: group.name,
      before: shown(own.values),
      after: shown(values),
    });
  });
}

function checked(group: SettingsGroup, field: string, value: unknown): unknown {
  const schema = Object.hasOwn(group.schema.shape, field) ? (group.schema.shape[field] as z.ZodType) : undefined;
  if (!schema) {
    throw new AppError("invalid", "setting_unknown", { values: { field } });
  }
  const result = schema.safeParse(value);
  if (!result.success) {
    throw new AppError("invalid", "setting_invalid", {
      fields: [{ path: `values.${field}`, reason: "setting_invalid" }],
    });
  }
  return result.data;
}
