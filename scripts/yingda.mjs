/** `npm run -s yingda -- <command>`: the command line of the app. Standard output belongs to the command alone. */
import { runCommandLine } from "./up/command-line.mjs";
import { LaunchError, printToStandardError } from "./up/log.mjs";

printToStandardError();
try {
  process.exitCode = await runCommandLine(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof LaunchError ? error.message : error.stack}\n`);
  process.exitCode = 1;
}
