import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { readJson, writePrivateJson } from "./files.mjs";
import { LaunchError, notice } from "./log.mjs";
import { dataFiles } from "./paths.mjs";
import { isPortFree, nextFreePort } from "./ports.mjs";
import { preparePostgresBinaries } from "./postgres-binaries.mjs";
import { makeCluster } from "./postgres-cluster.mjs";
import { closedFolder, databaseUser, outsideFolder } from "./postgres-place.mjs";
import { livingPostmaster, PortTakenError, startPostmaster, stopPostmaster } from "./postgres-process.mjs";

const databaseName = "yingda";

/** The embedded database that already runs for this data folder, as an address, or undefined. */
export function runningDatabaseUrl(dataDirectory) {
  const record = readJson(dataFiles(dataDirectory).database);
  return record && livingPostmaster(record.directory) ? addressOf(record, databaseName) : undefined;
}

function addressOf({ port, password }, database) {
  return `postgres://yingda:${password}@127.0.0.1:${port}/${database}`;
}

/**
 * Starts the embedded Postgres of a data folder and keeps it running: it is started again when it dies. The folder, the
 * port and the password are remembered in DATA/postgres.json (mode 600).
 * @param {{ dataDirectory: string, durable?: boolean, signal?: AbortSignal,
 *   onRestart?: (pid: number) => void }} options
 * @returns {Promise<{ url: string, pid: number, port: number, urlOf(database: string): string, stop(): Promise<void> }>}
 */
export async function startEmbeddedPostgres(options) {
  const { dataDirectory, durable = true, signal, onRestart } = options;
  const user = databaseUser();
  const files = dataFiles(dataDirectory);
  const record = readJson(files.database) ?? newRecord(dataDirectory, user);
  writePrivateJson(files.database, record);
  const native = preparePostgresBinaries(user);
  const leftOver = livingPostmaster(record.directory);
  if (leftOver && !(await stopPostmaster(leftOver.pid))) {
    throw new LaunchError(`The database of an earlier start (process ${leftOver.pid}) does not stop.`);
  }
  await makeCluster({ directory: record.directory, native, password: record.password, user, durable, signal });
  const server = { native, directory: record.directory, durable, user, logFile: files.databaseLog, signal };
  const child = await startOnFreePort(server, record, files.database);
  await makeDatabase(addressOf(record, "postgres"));
  return supervise(child, server, record, onRestart);
}

function newRecord(dataDirectory, user) {
  const inside = path.join(dataDirectory, "postgres");
  const closed = closedFolder(dataDirectory, user);
  const directory = closed === undefined ? inside : path.join(outsideFolder(dataDirectory), "postgres");
  if (closed !== undefined) {
    notice(`The database lives in ${directory}: root may not run it, and ${closed} is closed to other users.`);
  }
  if (existsSync(path.join(directory, "PG_VERSION"))) {
    throw new LaunchError(
      `${directory} holds a database, but its password file ${dataFiles(dataDirectory).database} is gone. ` +
        "Restore that file, or move the database away to begin a new one.",
    );
  }
  mkdirSync(path.dirname(directory), { recursive: true });
  return { directory, port: 54_320 + Math.floor(Math.random() * 600), password: randomBytes(24).toString("base64url") };
}

async function startOnFreePort(server, record, recordFile) {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    if (!(await isPortFree(record.port, "127.0.0.1"))) {
      record.port = await nextFreePort(record.port + 1, "127.0.0.1");
      writePrivateJson(recordFile, record);
    }
    try {
      return await startPostmaster({ ...server, port: record.port });
    } catch (error) {
      if (!(error instanceof PortTakenError)) {
        throw error;
      }
    }
  }
  throw new LaunchError(`No port near ${record.port} stays free for the database.`);
}

async function makeDatabase(url) {
  // Only now: on a fresh machine the driver is not installed before the first step has run.
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    const found = await client.query("select 1 from pg_database where datname = $1", [databaseName]);
    if (found.rowCount === 0) {
      await client.query(`create database ${databaseName}`);
    }
  } catch (error) {
    if (error.code === "28P01") {
      throw new LaunchError(
        "The database does not accept the password in postgres.json. Restore that file from a copy.",
        { cause: error },
      );
    }
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function supervise(firstChild, server, record, onRestart) {
  let child = firstChild;
  let stopping = false;
  let restarting = Promise.resolve();

  const restart = async () => {
    for (let waitMs = 50; !stopping; waitMs = Math.min(waitMs * 2, 5000)) {
      try {
        child = await startPostmaster({ ...server, port: record.port });
        watch();
        notice("The database had stopped and runs again.");
        onRestart?.(child.pid);
        return;
      } catch (error) {
        notice(`The database had stopped and does not start: ${error.message}`);
        await delay(waitMs);
      }
    }
  };
  const watch = () => {
    child.once("exit", () => {
      if (!stopping) {
        restarting = restart();
      }
    });
  };
  watch();
  return {
    url: addressOf(record, databaseName),
    port: record.port,
    urlOf: (database) => addressOf(record, database),
    get pid() {
      return child.pid;
    },
    stop: async () => {
      stopping = true;
      await restarting;
      await stopPostmaster(child.pid);
    },
  };
}
