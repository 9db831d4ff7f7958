import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { LaunchError } from "./log.mjs";
import { runCommand } from "./process.mjs";

/** Names tried for the character classes: the first that the machine knows. All sort by code point (builtin provider). */
const characterLocales = ["C.UTF-8", "en_US.UTF-8", "C"];

/**
 * Makes the database cluster when there is none. It is made beside its place and moved there when it is whole, so a
 * kill in the middle leaves nothing that looks finished.
 * @param {{ directory: string, native: string, password: string, user?: { uid: number, gid: number },
 *   durable: boolean, signal?: AbortSignal }} options
 */
export async function makeCluster(options) {
  const { directory, user } = options;
  if (existsSync(path.join(directory, "PG_VERSION"))) {
    return;
  }
  if (existsSync(directory) && readdirSync(directory).length > 0) {
    throw new LaunchError(`${directory} is not empty and not a database. Move it away or use --data DIR.`);
  }
  const half = `${directory}.new`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { recursive: true, mode: 0o700 });
  const passwordFile = path.join(half, "..", `.initial-${process.pid}`);
  writeFileSync(passwordFile, `${options.password}\n`, { mode: 0o600 });
  try {
    chmodSync(half, 0o700);
    if (user) {
      chownSync(half, user.uid, user.gid);
      chownSync(passwordFile, user.uid, user.gid);
    }
    await initialise(half, passwordFile, options);
    rmSync(directory, { recursive: true, force: true });
    renameSync(half, directory);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

async function initialise(half, passwordFile, { native, user, durable, signal }) {
  let failure;
  for (const locale of characterLocales) {
    const args = [`--pgdata=${half}`, "--username=yingda", `--pwfile=${passwordFile}`, "--auth=scram-sha-256"];
    args.push("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", `--locale=${locale}`);
    args.push("--lc-messages=C", "--text-search-config=simple", ...(durable ? [] : ["--no-sync"]));
    const env = { PATH: process.env.PATH, TZ: "UTC" };
    try {
      await runCommand(path.join(native, "bin", "initdb"), args, { cwd: half, env, signal, label: "initdb", ...user });
      return;
    } catch (error) {
      signal?.throwIfAborted();
      failure = error;
      emptyFolder(half);
      if (!/locale/i.test(error.message)) {
        break;
      }
    }
  }
  throw failure;
}

function emptyFolder(folder) {
  for (const name of readdirSync(folder)) {
    rmSync(path.join(folder, name), { recursive: true, force: true });
  }
}

/**
 * The server's settings. `durable` (the default for people's data) keeps every acknowledged write over a power loss;
 * without it (tests only) the database is fast and may be lost.
 * @param {{ directory: string, port: number, durable: boolean }} options
 */
export function serverSettings({ directory, port, durable }) {
  // A socket's path may have 107 bytes on Linux, 103 on macOS, with the file's own name in it.
  const hasShortPath = Buffer.byteLength(directory) <= 80;
  return {
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: hasShortPath ? directory : "",
    unix_socket_permissions: "0700",
    max_connections: durable ? 100 : 200,
    shared_buffers: durable ? "256MB" : "128MB",
    effective_cache_size: "1GB",
    work_mem: "8MB",
    maintenance_work_mem: "128MB",
    // Short queries on two cores: compiling and spreading them costs more than it saves.
    jit: "off",
    max_parallel_workers_per_gather: 0,
    io_method: "sync",
    random_page_cost: 1.1,
    max_wal_size: "1GB",
    wal_level: "minimal",
    max_wal_senders: 0,
    checkpoint_completion_target: 0.9,
    timezone: "UTC",
    log_timezone: "UTC",
    password_encryption: "scram-sha-256",
    log_min_messages: "warning",
    idle_in_transaction_session_timeout: "60s",
    ...(durable ? {} : { fsync: "off", synchronous_commit: "off", full_page_writes: "off", autovacuum: "off" }),
  };
}
