import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, type Database } from "@/db/client";
import { migrateDatabase } from "@/lib/platform/database/migrate";
import { makeDataDirectory } from "../../up/files.mjs";
import { startEmbeddedPostgres } from "../../up/postgres.mjs";

export interface Bench {
  readonly url: string;
  readonly port: number;
  readonly databaseUrl: string;
  readonly db: Database;
  /** Resident memory of the server process in MB. */
  rss(): number;
  stop(): Promise<void>;
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (typeof address === "object" && address ? done(address.port) : fail(new Error("no port"))));
    });
  });
}

async function untilHealthy(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline && child.exitCode === null) {
    const answer = await fetch(`${url}/api/health`).catch(() => undefined);
    if (answer?.ok) {
      return;
    }
    await new Promise((wake) => setTimeout(wake, 100));
  }
  throw new Error("the server did not become healthy");
}

/** The production server on a durable Postgres of its own, on 127.0.0.1. The built bundles must exist. */
export async function startBench(more: Record<string, string> = {}): Promise<Bench> {
  const dataDirectory = mkdtempSync(join(tmpdir(), "yingda-bench-"));
  chmodSync(dataDirectory, 0o711);
  makeDataDirectory(dataDirectory);
  const postgres = await startEmbeddedPostgres({ dataDirectory, durable: true });
  const databaseUrl = postgres.urlOf("postgres");
  await migrateDatabase(databaseUrl);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const settings: Record<string, string> = {
    NODE_ENV: "production",
    LOG_LEVEL: "warn",
    DATABASE_URL: databaseUrl,
    PORT: String(port),
    YINGDA_URL: url,
    YINGDA_DATA_DIR: dataDirectory,
    AUTH_SECRET: randomBytes(32).toString("hex"),
    SIGNING_SECRET: randomBytes(32).toString("hex"),
    ENCRYPTION_KEY: randomBytes(32).toString("base64"),
    REALTIME_SECRET: randomBytes(32).toString("hex"),
    RATE_LIMIT_FACTOR: "100000",
    ...more,
  };
  // This process signs tokens and sessions as the server would.
  Object.assign(process.env, settings);
  const child = spawn(process.execPath, ["dist/serve.mjs", "--port", String(port)], {
    env: process.env,
    stdio: ["ignore", "inherit", "inherit"],
  });
  await untilHealthy(url, child);
  const db = connect(databaseUrl, 4);
  return {
    url,
    port,
    databaseUrl,
    db,
    rss: () =>
      Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1] ?? 0) / 1024),
    async stop() {
      await db.$client.end();
      child.kill("SIGTERM");
      await new Promise((gone) => child.once("exit", gone));
      await postgres.stop();
      rmSync(dataDirectory, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
