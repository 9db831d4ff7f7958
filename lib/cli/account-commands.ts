import type { Command } from "commander";
import { changePassword, createAdmin } from "@/lib/identity/account-service";
import { commandContext } from "./command-context";
import { print, runCommand, words } from "./output";

interface AccountOptions {
  readonly email: string;
  readonly name?: string;
  readonly password?: string;
  readonly merchant?: string;
}

/** `create-admin` and `change-password` (seed 004's two scripts). */
export function accountCommands(program: Command, json: () => boolean): void {
  const t = words();
  program
    .command("create-admin")
    .description(t("createAdmin"))
    .requiredOption("--email <email>", t("email"))
    .option("--name <name>", t("name"))
    .option("--password <password>", t("password"))
    .option("--merchant <slug>", t("merchant"))
    .action((options: AccountOptions) =>
      runCommand(json(), async () => {
        const made = await createAdmin(await commandContext(options.merchant), options);
        print(json(), made, [
          t("adminCreated", { email: made.email }),
          ...(options.password ? [] : [t("passwordShown", { password: made.password })]),
        ]);
      }),
    );
  program
    .command("change-password")
    .description(t("changePassword"))
    .requiredOption("--email <email>", t("email"))
    .option("--password <password>", t("password"))
    .action((options: AccountOptions) =>
      runCommand(json(), async () => {
        const made = await changePassword(await commandContext(), options);
        print(json(), made, [
          t("passwordChanged", { email: made.email }),
          ...(options.password ? [] : [t("passwordShown", { password: made.password })]),
        ]);
      }),
    );
}
