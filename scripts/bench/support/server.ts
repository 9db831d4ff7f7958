import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { connect, type Database } from "@/db/client";
import { memoryFlags } from "../../up/serve.mjs";
import { startBenchDatabase } from "./database";

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
export async function startBench(options: { readonly demo?: boolean } = {}): Promise<Bench> {
  const database = await startBenchDatabase();
  let child: ChildProcess | undefined;
  const stop = async () => {
    if (child?.exitCode === null) {
      child.kill("SIGTERM");
      await new Promise((gone) => child?.once("exit", gone));
    }
    await database.stop();
  };
  try {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    Object.assign(process.env, { PORT: String(port), YINGDA_URL: url });
    if (options.demo) {
      execFileSync(process.execPath, ["dist/seed.mjs"], { env: process.env, stdio: ["ignore", "ignore", "inherit"] });
    }
    child = spawn(process.execPath, [...memoryFlags, "dist/serve.mjs", "--port", String(port)], {
      env: process.env,
      stdio: ["ignore", "inherit", "inherit"],
    });
    const { pid } = child;
    await untilHealthy(url, child);
    const db = connect(database.databaseUrl, 4);
    return {
      url,
      port,
      databaseUrl: database.databaseUrl,
      db,
      rss: () =>
        Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024),
      async stop() {
        await db.$client.end();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
