import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { makeDataDirectory } from "../../scripts/up/files.mjs";
import { startEmbeddedPostgres } from "../../scripts/up/postgres.mjs";

export interface TestPostgres {
  /** Address of a database by its name. */
  urlOf(database: string): string;
  readonly pid: number;
  /** Stops the server and removes its files. */
  stop(): Promise<void>;
}

/**
 * A real Postgres for one test run, in a temporary folder, with settings that trade durability for speed (`durable` keeps
 * the production settings, for tests about crashes).
 */
export async function startTestPostgres(options: { durable?: boolean } = {}): Promise<TestPostgres> {
  const dataDirectory = mkdtempSync(path.join(tmpdir(), "yingda-test-"));
  // Temporary folders are made for us alone; the database may run under another user.
  chmodSync(dataDirectory, 0o711);
  makeDataDirectory(dataDirectory);
  const server = await startEmbeddedPostgres({ dataDirectory, durable: options.durable ?? false });
  return {
    urlOf: (database) => server.urlOf(database),
    get pid() {
      return server.pid;
    },
    stop: async () => {
      await server.stop();
      rmSync(dataDirectory, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
