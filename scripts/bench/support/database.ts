import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrateDatabase } from "@/lib/platform/database/migrate";
import { makeDataDirectory } from "../../up/files.mjs";
import { startEmbeddedPostgres } from "../../up/postgres.mjs";

export interface BenchDatabase {
  readonly databaseUrl: string;
  readonly dataDirectory: string;
  stop(): Promise<void>;
}

/**
 * A migrated, durable Postgres of the benchmark's own, with the settings of the product. This process gets the
 * environment of a server on it, so that it can sign tokens and call the server's code.
 */
export async function startBenchDatabase(): Promise<BenchDatabase> {
  const dataDirectory = mkdtempSync(join(tmpdir(), "yingda-bench-"));
  chmodSync(dataDirectory, 0o711);
  makeDataDirectory(dataDirectory);
  const postgres = await startEmbeddedPostgres({ dataDirectory, durable: true });
  const databaseUrl = postgres.urlOf("postgres");
  await migrateDatabase(databaseUrl);
  Object.assign(process.env, {
    NODE_ENV: "production",
    LOG_LEVEL: "warn",
    DATABASE_URL: databaseUrl,
    YINGDA_DATA_DIR: dataDirectory,
    AUTH_SECRET: randomBytes(32).toString("hex"),
    SIGNING_SECRET: randomBytes(32).toString("hex"),
    ENCRYPTION_KEY: randomBytes(32).toString("base64"),
    REALTIME_SECRET: randomBytes(32).toString("hex"),
    RATE_LIMIT_FACTOR: "100000",
  });
  return {
    databaseUrl,
    dataDirectory,
    async stop() {
      await postgres.stop();
      rmSync(dataDirectory, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
