import type { z } from "zod";

/**
 * A group of settings that belong together: one row per merchant, one form, one section of the command line.
 *
 * The schema drives all of them: types, ranges and defaults stand here and nowhere else. Client-safe.
 */
export interface SettingsGroup<Shape extends z.ZodRawShape = z.ZodRawShape> {
  /** One word, lower case: the key of the row, the first part of `yingda settings get <group>.<field>`. */
  readonly name: string;
  /** Every field has a default: a merchant who never opened the form has valid settings. */
  readonly schema: z.ZodObject<Shape>;
  /** Fields that are sealed at rest and never given back. */
  readonly secrets: readonly string[];
}

export type SettingsOf<Group> =
  Group extends SettingsGroup<infer Shape> ? Readonly<z.output<z.ZodObject<Shape>>> : never;

/**
 * Declares a group of settings. Each domain does so in its `settings-schema.ts`; `lib/composition/settings.ts` lists
 * them.
 */
export function defineSettings<Shape extends z.ZodRawShape>(
  name: string,
  schema: z.ZodObject<Shape>,
  secrets: readonly (keyof Shape & string)[] = [],
): SettingsGroup<Shape> {
  return { name, schema, secrets };
}
