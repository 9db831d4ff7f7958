import type { Command } from "commander";
import type { z } from "zod";
import { SETTINGS } from "@/lib/composition/settings";
import { changeGroup, readGroup, settingsGroup } from "@/lib/composition/settings-service";
import { AppError } from "@/lib/core/errors";
import type { SettingsGroupView } from "@/lib/settings/contracts";
import { valueFromText } from "@/lib/settings/value-text";
import { commandContext } from "./command-context";
import { print, runCommand, words } from "./output";

interface Options {
  readonly merchant?: string;
  readonly unset?: boolean;
}

function addressOf(address: string): { group: string; field: string | undefined } {
  const dot = address.indexOf(".");
  return dot < 0
    ? { group: address, field: undefined }
    : { group: address.slice(0, dot), field: address.slice(dot + 1) };
}

/** One line a field: `uploads.maxMegabytes = 20`. */
function linesOf(view: SettingsGroupView, only?: string): string[] {
  const t = words();
  const secrets = settingsGroup(view.group).secrets;
  const fields = Object.keys(settingsGroup(view.group).schema.shape).filter((field) => !only || field === only);
  if (fields.length === 0) {
    throw new AppError("invalid", "setting_unknown");
  }
  return fields.map((field) => {
    const secret = view.secretsSet.includes(field) ? t("settings.secretSet") : t("settings.secretUnset");
    const text = secrets.includes(field) ? secret : JSON.stringify(view.values[field]);
    const fixed = view.fixed[field];
    return `${view.group}.${field} = ${text}${fixed ? `  (${t("settings.fixed", { name: fixed })})` : ""}`;
  });
}

/** `yingda settings list|get|set`: the same registry, checks and audit as the form. */
export function settingsCommands(program: Command, json: () => boolean): void {
  const t = words();
  const settings = program.command("settings").description(t("settings.about"));
  settings
    .command("list")
    .description(t("settings.list"))
    .option("--merchant <slug>", t("merchantOption"))
    .action((options: Options) =>
      runCommand(json(), async () => {
        const context = await commandContext(options.merchant);
        const views = await Promise.all(SETTINGS.map(({ name }) => readGroup(context, name)));
        print(
          json(),
          views,
          views.flatMap((view) => linesOf(view)),
        );
      }),
    );
  settings
    .command("get <address>")
    .description(t("settings.get"))
    .option("--merchant <slug>", t("merchantOption"))
    .action((address: string, options: Options) =>
      runCommand(json(), async () => {
        const { group, field } = addressOf(address);
        const view = await readGroup(await commandContext(options.merchant), group);
        const lines = linesOf(view, field);
        print(json(), field ? { [address]: view.values[field] ?? null } : view, lines);
      }),
    );
  settings
    .command("set <address> [value]")
    .description(t("settings.set"))
    .option("--unset", t("settings.unset"))
    .option("--merchant <slug>", t("merchantOption"))
    .action((address: string, value: string | undefined, options: Options) =>
      runCommand(json(), async () => {
        const { group, field = "" } = addressOf(address);
        const schema = settingsGroup(group).schema.shape[field];
        if (!schema) {
          throw new AppError("invalid", "setting_unknown");
        }
        const read = options.unset ? { value: null } : valueFromText(schema as z.ZodType, value ?? "");
        if (!read) {
          throw new AppError("invalid", "setting_invalid");
        }
        const view = await changeGroup(await commandContext(options.merchant), group, {
          patch: { [field]: read.value },
        });
        print(json(), view, [t("settings.saved", { address }), ...linesOf(view, field)]);
      }),
    );
}
