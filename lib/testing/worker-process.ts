import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { sql } from "drizzle-orm";
import { type BuildOptions, build, type Plugin } from "esbuild";
import { vi } from "vitest";
import { type Database, rowsOf } from "@/db/client";
import type { FaultPoint } from "@/lib/platform/fault-point";
import { programBundle } from "../../scripts/build/bundles.mjs";

const outdir = path.resolve(import.meta.dirname, "../../dist/test");

/** Fault points that end the process, where the product has ones that do nothing. */
const killing: Plugin = {
  name: "killing-fault-point",
  setup({ onResolve }) {
    const deadly = path.resolve(import.meta.dirname, "killing-fault-point.ts");
    onResolve({ filter: /\/platform\/fault-point$/ }, () => ({ path: deadly }));
  },
};

/** With its packages inside: these are started again and again, and one file is read in half the time of hundreds. */
const whole: BuildOptions = {
  packages: "bundle",
  external: ["@node-rs/argon2", "pg-native", "next", "react", "react-dom"],
  banner: {
    js: `import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);`,
  },
  legalComments: "none",
};

/** Two files of tests may bundle at once: each into a folder of its own, moved into place whole. @returns the file */
async function bundled(name: string, options: BuildOptions): Promise<string> {
  mkdirSync(outdir, { recursive: true });
  const own = mkdtempSync(path.join(outdir, "making-"));
  await build({ ...options, ...whole, outdir: own, plugins: [...(options.plugins ?? []), killing] });
  const file = path.join(outdir, `${name}.mjs`);
  renameSync(path.join(own, `${name}.mjs`), file);
  rmSync(own, { recursive: true });
  return file;
}

/** Bundles the job worker as it ships, but for its fault points. @returns the program's file */
export function bundleWorker(): Promise<string> {
  return bundled("worker", programBundle({ outdir, only: ["worker"] }));
}

/** Bundles lib/testing/hot-server.ts the same way. @returns the program's file */
export function bundleHotServer(): Promise<string> {
  const entryPoints = [{ in: path.join(import.meta.dirname, "hot-server.ts"), out: "hot-server" }];
  return bundled("hot-server", { ...programBundle({ outdir, only: ["worker"] }), entryPoints });
}

/** A program of the product as a process of its own, on a test's database: what is killed is really gone. */
class ProgramProcess {
  /** What its connections are called in the database. */
  readonly name = `test ${randomBytes(6).toString("hex")}`;
  protected readonly child: ChildProcess;

  /**
   * @param settings environment of its own, where a test needs the same secrets as the program
   * @param killAt where it is to end by itself
   */
  constructor(
    program: string,
    databaseUrl: string,
    settings: Readonly<Record<string, string>> = {},
    killAt?: FaultPoint,
  ) {
    const database = new URL(databaseUrl);
    database.searchParams.set("application_name", this.name);
    const env = {
      NODE_ENV: "production" as const,
      LOG_LEVEL: "silent",
      DATABASE_URL: database.href,
      DATABASE_POOL: "10",
      AUTH_SECRET: randomBytes(32).toString("hex"),
      SIGNING_SECRET: randomBytes(32).toString("hex"),
      REALTIME_SECRET: randomBytes(32).toString("hex"),
      ENCRYPTION_KEY: randomBytes(32).toString("base64"),
      // Nobody listens there: a push that gets nowhere must change nothing.
      PORT: "9",
      ...settings,
    };
    const args = killAt === undefined ? [program] : [program, killAt];
    this.child = spawn(process.execPath, args, { env, stdio: ["ignore", "ignore", "ignore", "ipc"] });
  }

  /** The signal that it ended by; waits for its end. */
  async ended(): Promise<NodeJS.Signals | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      await once(this.child, "exit");
    }
    return this.child.signalCode;
  }

  async kill(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill(signal);
      await this.ended();
    }
  }
}

/** The job worker. */
export class WorkerProcess extends ProgramProcess {
  /** True when it waits for jobs. */
  async isReady(db: Database): Promise<boolean> {
    const rows = await rowsOf(
      db,
      sql`select 1 from pg_stat_activity where application_name = ${this.name} and query ilike 'listen%'`,
    );
    return rows.length > 0;
  }
}

/** The routes ahead of Next. */
export class HotServerProcess extends ProgramProcess {
  private readonly listening = once(this.child, "message");

  /** Its address; waits until it listens. */
  async url(): Promise<string> {
    const [port] = (await this.listening) as [number];
    return `http://127.0.0.1:${port}`;
  }
}

/**
 * Gives back at once what a process that is gone had locked; running ones find and free it within seconds. What the
 * database was still doing for it comes to its end first: that may be the taking of one more job.
 */
export async function freeLocks(db: Database, { name }: { readonly name: string }): Promise<void> {
  await vi.waitUntil(
    async () => (await rowsOf(db, sql`select 1 from pg_stat_activity where application_name = ${name}`)).length === 0,
    60_000,
  );
  await rowsOf(
    db,
    sql`select graphile_worker.force_unlock_workers(array(
          select locked_by from graphile_worker._private_jobs where locked_by is not null
          union select locked_by from graphile_worker._private_job_queues where locked_by is not null))`,
  );
}
