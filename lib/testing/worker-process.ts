import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import path from "node:path";
import { sql } from "drizzle-orm";
import { build } from "esbuild";
import { type Database, rowsOf } from "@/db/client";
import { programBundle } from "../../scripts/build/bundles.mjs";

const outdir = path.resolve(import.meta.dirname, "../../dist/test");

/** Bundles the job worker as it ships. @returns the program's file */
export async function bundleWorker(): Promise<string> {
  await build(programBundle({ outdir, only: ["worker"] }));
  return path.join(outdir, "worker.mjs");
}

/** The product's own worker as a process, on a test's database: what is killed is really gone. */
export class WorkerProcess {
  private readonly child: ChildProcess;

  /** @param settings environment of its own, where a test needs the same secrets as the worker */
  constructor(program: string, databaseUrl: string, settings: Readonly<Record<string, string>> = {}) {
    const env = {
      NODE_ENV: "production" as const,
      LOG_LEVEL: "silent",
      DATABASE_URL: databaseUrl,
      DATABASE_POOL: "10",
      AUTH_SECRET: randomBytes(32).toString("hex"),
      SIGNING_SECRET: randomBytes(32).toString("hex"),
      REALTIME_SECRET: randomBytes(32).toString("hex"),
      ENCRYPTION_KEY: randomBytes(32).toString("base64"),
      // Nobody listens there: a push that gets nowhere must change nothing.
      PORT: "9",
      ...settings,
    };
    this.child = spawn(process.execPath, [program], { env, stdio: "ignore" });
  }

  async kill(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const gone = once(this.child, "exit");
      this.child.kill(signal);
      await gone;
    }
  }
}

/** True when nothing that a customer would notice is left to be done: all was taken in, answered and sent. */
export async function isAllDone(db: Database): Promise<boolean> {
  const [left] = await rowsOf<{ count: number }>(
    db,
    sql`select count(*)::int as count from graphile_worker._private_jobs j
          join graphile_worker._private_tasks t on t.id = j.task_id
        where t.identifier in ('channel.ingest', 'bot.answer', 'channel.deliver') and j.attempts < j.max_attempts`,
  );
  return left?.count === 0;
}
