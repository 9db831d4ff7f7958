import { parseArgs } from "node:util";
import { LaunchError } from "./log.mjs";
import { resolveDataDirectory } from "./paths.mjs";

export const usage = `Usage: npm run up -- [options]
  --port N         first port to try (3000); the next free one is taken when it is in use
  --host ADDRESS   address to listen on (127.0.0.1; 0.0.0.0 opens it to the network)
  --data DIR       where data, secrets and the embedded database live (.data)
  --no-demo        do not fill a new database with the demo shop
  --no-migrate     leave the tables of an empty database to the page /install; implies --no-demo
  --dev            watch mode: rebuild and reload when a source changes
  --strict-port    fail when the port is in use instead of taking the next one
  --verbose        print the server's own log here too`;

const options = {
  port: { type: "string" },
  host: { type: "string" },
  data: { type: "string" },
  "no-demo": { type: "boolean" },
  "no-migrate": { type: "boolean" },
  dev: { type: "boolean" },
  "strict-port": { type: "boolean" },
  verbose: { type: "boolean" },
  help: { type: "boolean", short: "h" },
};

/**
 * Reads the launcher's options; a wrong one is a LaunchError that shows the usage.
 * @param {string[]} argv
 */
export function readArguments(argv) {
  let values;
  try {
    values = parseArgs({ args: argv, options, strict: true }).values;
  } catch (error) {
    throw new LaunchError(`${error.message}\n${usage}`, { cause: error, exitCode: 2 });
  }
  return {
    help: values.help === true,
    port: readPort(values.port ?? process.env.PORT ?? "3000"),
    host: values.host ?? "127.0.0.1",
    dataDirectory: resolveDataDirectory(values.data),
    demo: values["no-demo"] !== true && values["no-migrate"] !== true,
    migrate: values["no-migrate"] !== true,
    dev: values.dev === true,
    strictPort: values["strict-port"] === true,
    verbose: values.verbose === true,
  };
}

function readPort(text) {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new LaunchError(`--port needs a number from 1 to 65535, not "${text}".`, { exitCode: 2 });
  }
  return port;
}
