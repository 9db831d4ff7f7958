import { Command } from "commander";
import { examine } from "@/lib/composition/doctor";
import { accountCommands } from "./account-commands";
import { backupCommands } from "./backup-commands";
import { channelCommands } from "./channel-commands";
import { knowledgeCommands } from "./knowledge-commands";
import { print, runCommand, words } from "./output";
import { reportCommands } from "./report-commands";
import { settingsCommands } from "./settings-commands";
import { ticketCommands } from "./ticket-commands";

const MARK = { ok: "✓", off: "–", bad: "✗" } as const;

const t = words();
const program = new Command("yingda").description(t("about")).option("--json", t("json"));
const json = (): boolean => program.opts<{ json?: boolean }>().json === true || process.argv.includes("--json");

accountCommands(program, json);
channelCommands(program, json);
knowledgeCommands(program, json);
ticketCommands(program, json);
settingsCommands(program, json);
backupCommands(program, json);
reportCommands(program, json);
program
  .command("doctor")
  .description(t("doctor.about"))
  .action(() =>
    runCommand(json(), async () => {
      const checks = await examine();
      const lines = checks.map((check) => {
        const mend = check.mend ? `\n  ${t(`doctor.${check.mend}`)}` : "";
        return `${MARK[check.state]} ${t(`doctor.${check.name}`)}  ${check.value}${mend}`;
      });
      print(json(), { ok: checks.every((check) => check.state !== "bad"), checks }, lines);
      if (checks.some((check) => check.state === "bad")) {
        process.exitCode = 1;
      }
    }),
  );
for (const command of program.commands.flatMap((each) => [each, ...each.commands])) {
  command.option("--json", t("json"));
}

await program.parseAsync();
