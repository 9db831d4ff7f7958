/**
 * Fills a new database with the demo shop and writes its accounts to a private file. A seeding that was cut short is
 * done again; a database that holds anybody's data is left alone.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { Client } from "pg";
import { seedDemo } from "@/db/seed/seed-demo";
import { env } from "@/lib/platform/env/env";

/** One number for all: only one process may seed a database at a time. */
const seedLock = 0x73_65_65_64;

const { values } = parseArgs({ options: { out: { type: "string" }, state: { type: "string" } } });
const outFile = values.out ?? `${env().YINGDA_DATA_DIR}/demo.json`;
const stateFile = values.state ?? `${env().YINGDA_DATA_DIR}/seed.json`;

process.stdout.write(`${await seedWhenNew(env().DATABASE_URL)}\n`);

async function seedWhenNew(databaseUrl: string): Promise<string> {
  const lock = new Client({ connectionString: databaseUrl });
  await lock.connect();
  try {
    await lock.query("begin");
    await lock.query("set local idle_in_transaction_session_timeout = 0");
    await lock.query("select pg_advisory_xact_lock($1)", [seedLock]);
    const found = await lock.query<{ used: boolean }>("select exists (select 1 from merchants) as used");
    if (found.rows[0]?.used && readState() !== "begun") {
      return "already there";
    }
    writePrivately(stateFile, { state: "begun" });
    const accounts = await seedDemo({ databaseUrl, url: env().YINGDA_URL });
    writePrivately(outFile, accounts);
    writePrivately(stateFile, { state: "done", at: new Date().toISOString() });
    return `filled, accounts in ${outFile}`;
  } finally {
    await lock.end();
  }
}

function readState(): string | undefined {
  if (!existsSync(stateFile)) {
    return undefined;
  }
  const parsed: unknown = JSON.parse(readFileSync(stateFile, "utf8"));
  return typeof parsed === "object" && parsed !== null && "state" in parsed ? String(parsed.state) : undefined;
}

/** Mode 600, and whole or not at all. */
function writePrivately(file: string, value: unknown): void {
  const fresh = `${file}.new`;
  writeFileSync(fresh, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(fresh, file);
}
