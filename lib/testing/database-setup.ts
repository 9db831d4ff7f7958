import type { TestProject } from "vitest/node";
import { migrateDatabase } from "@/lib/platform/database/migrate";
import { asAdministrator } from "./administrator";
import { startTestPostgres } from "./postgres";

declare module "vitest" {
  interface ProvidedContext {
    /** Administrator's address of the test server, and the name of the migrated template. */
    testDatabase: { adminUrl: string; template: string };
  }
}

const template = "yingda_template";

/** Once for a whole run: a real Postgres with one migrated database, from which every test takes a clone. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestPostgres();
  const adminUrl = server.urlOf("postgres");
  try {
    await asAdministrator(adminUrl, `create database ${template}`);
    await migrateDatabase(server.urlOf(template));
    await asAdministrator(adminUrl, `alter database ${template} with is_template true allow_connections false`);
  } catch (error) {
    await server.stop();
    throw error;
  }
  project.provide("testDatabase", { adminUrl, template });
  return () => server.stop();
}
