import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { findFile } from "@/lib/files/queries";
import type { Context } from "@/lib/platform/context";
import { fileAddress } from "@/lib/platform/storage/file-address";
import type { SettingsGroupView } from "@/lib/settings/contracts";
import type { SettingsGroup } from "@/lib/settings/definition";
import { describeFields } from "@/lib/settings/describe-fields";
import type { FieldShape } from "@/lib/settings/schema";
import { updateSettings, viewSettings } from "@/lib/settings/service";
import { SETTINGS } from "./settings";

type Caller = Context<ActorOf<"agent"> | ActorOf<"key"> | ActorOf<"system">>;

/** @throws AppError not_found `settings_group_unknown` */
export function settingsGroup(name: string): SettingsGroup {
  const group = SETTINGS.find((each) => each.name === name);
  if (!group) {
    throw new AppError("not_found", "settings_group_unknown");
  }
  return group;
}

function merchantOf(context: Caller): string {
  const { merchantId } = context.actor;
  if (merchantId === null) {
    throw new AppError("not_found", "merchant_not_found");
  }
  return merchantId;
}

/** The values of a group at the caller's merchant. @throws AppError not_found */
export async function readGroup(context: Caller, name: string): Promise<SettingsGroupView> {
  const group = settingsGroup(name);
  return { group: name, ...(await viewSettings(context, merchantOf(context), group)) };
}

export interface SettingsFormData {
  readonly view: SettingsGroupView;
  readonly fields: readonly FieldShape[];
  /** Addresses of the pictures that the values name, by file id. */
  readonly pictures: Readonly<Record<string, string>>;
}

/** All that a group's form is made from. @throws AppError not_found */
export async function settingsForm(context: Caller, name: string): Promise<SettingsFormData> {
  const fields = describeFields(settingsGroup(name));
  const view = await readGroup(context, name);
  const ids = fields
    .filter(({ kind }) => kind === "image")
    .flatMap((field) => [view.values[field.name], view.inherited[field.name]]);
  const pictures = ids.flatMap((id) =>
    typeof id === "string" && id !== "" ? [[id, fileAddress(id, context.now())] as const] : [],
  );
  return { view, fields, pictures: Object.fromEntries(pictures) };
}

/** A picture named by a setting is one of this merchant's own files: an id from elsewhere would show others' files. */
async function checkPictures(context: Caller, group: SettingsGroup, patch: Readonly<Record<string, unknown>>) {
  for (const { kind, name } of describeFields(group)) {
    const id = patch[name];
    if (kind !== "image" || typeof id !== "string" || id === "") {
      continue;
    }
    const file = await findFile(context.db, id);
    if (file?.merchantId !== merchantOf(context) || !file.mime.startsWith("image/")) {
      throw new AppError("invalid", "file_unknown", { fields: [{ path: `values.${name}`, reason: "file_unknown" }] });
    }
  }
}

/**
 * Changes some fields of a group at the caller's merchant.
 *
 * @throws AppError not_found; invalid with the fields; conflict `stale_version` | `setting_fixed`
 */
export async function changeGroup(
  context: Caller,
  name: string,
  input: { readonly patch: Readonly<Record<string, unknown>>; readonly version?: number | undefined },
): Promise<SettingsGroupView> {
  const group = settingsGroup(name);
  await checkPictures(context, group, input.patch);
  await updateSettings(context, merchantOf(context), group, input);
  return readGroup(context, name);
}
