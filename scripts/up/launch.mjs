import { existsSync } from "node:fs";
import path from "node:path";
import { buildWhenChanged } from "./build.mjs";
import { migrate, seedDemoShop } from "./database.mjs";
import { makeDataDirectory } from "./files.mjs";
import { installDependencies } from "./install.mjs";
import { takeLock } from "./lock.mjs";
import { elapsed, LaunchError, notice, print, step } from "./log.mjs";
import { follow } from "./log-file.mjs";
import { nodeRuntime } from "./node-runtime.mjs";
import { dataFiles, root } from "./paths.mjs";
import { isBrowsable, isPortFree, nextFreePort } from "./ports.mjs";
import { startEmbeddedPostgres } from "./postgres.mjs";
import { printAddresses, waitForHealth } from "./ready.mjs";
import { loadSecrets } from "./secrets.mjs";
import { createServerProcess, ServerPortTaken, stopLeftOverServer } from "./serve.mjs";

/**
 * Does every step from an empty machine to a running app. What has to be stopped again is pushed onto `cleanup`, last
 * started first stopped.
 * @param {ReturnType<import("./arguments.mjs").readArguments>} options
 * @param {{ signal: AbortSignal, cleanup: (() => unknown)[], onGiveUp: (error: Error) => void }} control
 */
export async function launch(options, control) {
  const { signal, cleanup } = control;
  const files = dataFiles(options.dataDirectory);
  print(`Starting Yingda 应答 with data in ${options.dataDirectory}`);
  makeDataDirectory(options.dataDirectory);
  cleanup.push(lockDataDirectory(files.lock));
  await stopLeftOverServer(files.running);

  await step("Dependencies", () => installDependencies(signal));
  const runtime = nodeRuntime();
  await step("Node", () => `${runtime.version}${runtime.bundled ? ", brought along by npm" : ""}`);
  const secrets = loadSecrets(options.dataDirectory);
  await step("Secrets", () => (secrets.made > 0 ? `${secrets.made} made` : "kept"));

  const server = { current: undefined };
  const databaseUrl = await startDatabase(options, control, server);
  const environment = { ...serverEnvironment(options, secrets.environment), DATABASE_URL: databaseUrl };
  await buildStep(options, runtime, signal);
  await step("Tables", () => (options.migrate ? migrate(runtime, environment, signal) : "left to /install"));

  const address = await choosePort(options);
  environment.PORT = String(address.port);
  environment.YINGDA_URL = process.env.YINGDA_URL || address.url;
  if (options.demo) {
    await step("Demo", () => seedDemoShop(runtime, environment, options.dataDirectory, signal));
  }
  await serve(options, control, { runtime, environment, address, server });
  printAddresses({ url: environment.YINGDA_URL, dataDirectory: options.dataDirectory, started: elapsed() });
}

function lockDataDirectory(file) {
  const lock = takeLock(file, "npm run up");
  if (!lock.release) {
    throw new LaunchError(
      `This data folder is in use by process ${lock.holder.pid} (${lock.holder.role}). Stop it, or use --data DIR.`,
    );
  }
  return () => lock.release();
}

async function startDatabase(options, { signal, cleanup }, server) {
  if (process.env.DATABASE_URL) {
    await step("Database", () => "the one that DATABASE_URL names");
    return process.env.DATABASE_URL;
  }
  let database;
  await step("Database", async () => {
    database = await startEmbeddedPostgres({
      dataDirectory: options.dataDirectory,
      signal,
      onRestart: (pid) => server.current?.tellPostmaster(pid),
    });
    server.postmaster = () => database.pid;
    return `embedded Postgres on port ${database.port}`;
  });
  cleanup.push(() => database.stop());
  return database.url;
}

async function buildStep(options, runtime, signal) {
  if (options.dev) {
    const { buildForWatch } = await import("./watch.mjs");
    await step("Build", async () => {
      await buildForWatch();
      return "watch mode";
    });
    return;
  }
  await step("Build", () => buildWhenChanged(runtime, signal));
}

function serverEnvironment(options, secrets) {
  return {
    ...secrets,
    NODE_ENV: options.dev ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
    YINGDA_DATA_DIR: options.dataDirectory,
  };
}

/** The address to serve at: the wished port, else the next free one, and says so. */
async function choosePort({ port, host, strictPort }) {
  const problem = isBrowsable(port) ? "is in use" : "is one that browsers refuse";
  const free = isBrowsable(port) && (await isPortFree(port, host)) ? port : undefined;
  if (free === undefined && strictPort) {
    throw new LaunchError(`Port ${port} ${problem}.`);
  }
  const chosen = free ?? (await nextFreePort(port + 1, host));
  if (chosen !== port) {
    notice(`Port ${port} ${problem}; taking ${chosen}.`);
  }
  const isEverywhere = host === "0.0.0.0" || host === "::";
  const reachable = isEverywhere || host === "127.0.0.1" ? "localhost" : host;
  return {
    port: chosen,
    host,
    url: `http://${reachable}:${chosen}`,
    local: `http://${isEverywhere ? "127.0.0.1" : host}:${chosen}`,
  };
}

async function serve(options, control, { runtime, environment, address, server }) {
  const files = dataFiles(options.dataDirectory);
  const program = options.dev ? path.join("dist", "dev", "serve.mjs") : undefined;
  if (!existsSync(path.join(root, program ?? "dist/serve.mjs"))) {
    throw new LaunchError("The server's bundle is missing. Remove the dist folder and start again.");
  }
  server.current = createServerProcess({
    runtime,
    environment,
    port: address.port,
    host: address.host,
    dev: options.dev,
    program,
    logFile: files.serverLog,
    runningFile: files.running,
    signal: control.signal,
    onGiveUp: control.onGiveUp,
  });
  control.cleanup.push(() => server.current.stop());
  server.current.tellPostmaster(server.postmaster?.());
  if (options.verbose || options.dev) {
    control.cleanup.push(follow(files.serverLog, (text) => process.stdout.write(text)));
  }
  await step("Server", async () => {
    await startServer(server.current, address.port);
    await waitForHealth(address.local, control.signal);
    return `well on port ${address.port}`;
  });
  if (options.dev) {
    const { watchSources } = await import("./watch.mjs");
    control.cleanup.push(await watchSources(() => server.current.restart()));
  }
}

async function startServer(server, port) {
  try {
    await server.start();
  } catch (error) {
    if (error instanceof ServerPortTaken) {
      throw new LaunchError(`Somebody took port ${port} just now. Start again.`, { cause: error });
    }
    throw error;
  }
}
