import { AppError } from "@/lib/core/errors";
import { serverTranslator } from "@/lib/i18n/server-translator";
import { closeDatabase } from "@/lib/platform/database/database";
import { commandLocale } from "./command-context";

/** Words of the command line in the terminal's language. */
export function words() {
  return serverTranslator(commandLocale(), "cli");
}

/** Prints a result: for people as the lines given, with `--json` as one JSON document. */
export function print(json: boolean, data: unknown, lines: readonly string[]): void {
  process.stdout.write(`${json ? JSON.stringify(data, null, 2) : lines.join("\n")}\n`);
}

/**
 * Runs a command and ends the process's connections. A failure that was meant for people is one line and exit code 1;
 * with `--json` it is a document with `error`.
 */
export async function runCommand(json: boolean, command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    if (!AppError.is(error)) {
      throw error;
    }
    const text = serverTranslator(commandLocale(), "errors")(error.reason, error.options.values);
    process.stderr.write(json ? `${JSON.stringify({ error: error.reason, detail: text })}\n` : `${text}\n`);
    process.exitCode = 1;
  } finally {
    await closeDatabase();
  }
}
