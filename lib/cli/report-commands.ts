import type { Command } from "commander";
import { rebuildDays } from "@/lib/analytics/day-service";
import { merchantOf } from "@/lib/identity/queries";
import { commandContext } from "./command-context";
import { print, runCommand, words } from "./output";

/** `yingda reports rebuild`: the days of reports, added up anew from the raw facts. */
export function reportCommands(program: Command, json: () => boolean): void {
  const t = words();
  program
    .command("reports")
    .description(t("reports.about"))
    .command("rebuild")
    .description(t("reports.rebuild"))
    .option("--merchant <slug>", t("merchantOption"))
    .action((options: { readonly merchant?: string }) =>
      runCommand(json(), async () => {
        const context = await commandContext(options.merchant);
        const days = await rebuildDays(context.db, context.now(), merchantOf(context));
        print(json(), { days }, [t("reports.rebuilt", { days })]);
      }),
    );
}
