import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import { asAdministrator } from "./administrator";

export interface TestDatabase {
  readonly url: string;
  /** Removes the database; connections that are still open are cut. */
  drop(): Promise<void>;
}

/**
 * A migrated database of its own for a test or a test file: a clone of the run's template (about 20 ms).
 * Only in integration tests, whose set-up starts the server.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { template } = inject("testDatabase");
  return await createDatabase(`template ${template} strategy file_copy`);
}

/** A database of its own without any table, for tests of the migrations themselves. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  return await createDatabase("");
}

async function createDatabase(clause: string): Promise<TestDatabase> {
  const { adminUrl } = inject("testDatabase");
  const name = `test_${randomBytes(6).toString("hex")}`;
  await asAdministrator(adminUrl, `create database ${name} ${clause}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => asAdministrator(adminUrl, `drop database if exists ${name} with (force)`),
  };
}
