import { resolve } from "node:path";
import type { Command } from "commander";
import { type BackupManifest, backUp, restore } from "./backup";
import { print, runCommand, words } from "./output";

function rowsIn(made: BackupManifest): number {
  return Object.values(made.tables).reduce((sum, { rows }) => sum + rows, 0);
}

/** `yingda backup <folder>` and `yingda restore <folder>`: database and files, checked row by row. */
export function backupCommands(program: Command, json: () => boolean): void {
  const t = words();
  program
    .command("backup <folder>")
    .description(t("backup.about"))
    .action((folder: string) =>
      runCommand(json(), async () => {
        const at = resolve(process.cwd(), folder);
        const made = await backUp(at);
        const values = { tables: Object.keys(made.tables).length, rows: rowsIn(made), folder: at };
        print(json(), made, [t("backup.done", values), t("backup.secrets")]);
      }),
    );
  program
    .command("restore <folder>")
    .description(t("restore.about"))
    .action((folder: string) =>
      runCommand(json(), async () => {
        const made = await restore(resolve(process.cwd(), folder));
        print(json(), made, [
          t("restore.done", { tables: Object.keys(made.tables).length, rows: rowsIn(made), when: made.createdAt }),
        ]);
      }),
    );
}
