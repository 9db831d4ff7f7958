import { z } from "zod";
import { defineContract } from "@/lib/platform/http/contract";

const byGroup = z.object({ group: z.string().max(40) });
const values = z.record(z.string(), z.unknown());

export const settingsView = z.object({
  group: z.string(),
  /** The values in force, without the secrets. */
  values,
  /** What a field has once the merchant gives its own value back: the platform's, or the default. */
  inherited: values,
  /** Fields the merchant set itself. */
  own: z.array(z.string()),
  /** Fields that an environment variable fixes, with its name. */
  fixed: z.record(z.string(), z.string()),
  /** Secret fields that have a value. */
  secretsSet: z.array(z.string()),
  version: z.number().int(),
});
export type SettingsGroupView = z.infer<typeof settingsView>;

export const listSettings = defineContract({
  name: "listSettings",
  summary: "All groups of settings with their fields",
  tag: "Settings",
  method: "GET",
  path: "/api/v1/settings",
  audience: ["agent", "key"],
  permission: "settings.read",
  result: z.object({ items: z.array(z.object({ group: z.string(), fields: z.array(z.string()) })) }),
});

export const getSettings = defineContract({
  name: "getSettings",
  summary: "The values of one group; secrets are only named",
  tag: "Settings",
  method: "GET",
  path: "/api/v1/settings/{group}",
  audience: ["agent", "key"],
  permission: "settings.read",
  params: byGroup,
  result: settingsView,
});

export const updateSettings = defineContract({
  name: "updateSettings",
  summary: "Change some fields of a group; null gives a field back to the platform's value or the default",
  tag: "Settings",
  method: "PATCH",
  path: "/api/v1/settings/{group}",
  audience: ["agent", "key"],
  permission: "settings.write",
  params: byGroup,
  body: z.object({
    values,
    /** The version that was read; a newer one answers 409 `stale_version`. */
    version: z.number().int().min(0),
  }),
  result: settingsView,
});
