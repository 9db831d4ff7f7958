import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { Client } from "pg";
import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { env } from "@/lib/platform/env/env";
import { copyFilesIn, copyFilesOut } from "./backup-files";

/** Rows a statement: large enough to be quick, small enough to never fill the memory. */
const BATCH = 500;
const FORMAT = 1;

const manifest = z.object({
  format: z.literal(FORMAT),
  createdAt: z.string(),
  migrations: z.number().int(),
  /** SHA-256 of ENCRYPTION_KEY: sealed secrets open only with the key that they were sealed with. */
  keyHash: z.string(),
  tables: z.record(z.string(), z.object({ rows: z.number().int(), sha256: z.string() })),
  files: z.boolean(),
});
export type BackupManifest = z.infer<typeof manifest>;

const keyHash = (): string => createHash("sha256").update(env().ENCRYPTION_KEY).digest("hex");
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

async function withClient<Result>(url: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function tablesOf(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1",
  );
  return rows.map(({ name }) => name);
}

/** Columns that hold what was stored; computed ones come back by themselves. */
async function columnsOf(client: Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    "select column_name as name from information_schema.columns where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER' order by ordinal_position",
    [table],
  );
  return rows.map(({ name }) => name);
}

async function migrationsOf(client: Client): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    "select count(*)::int as count from drizzle.__drizzle_migrations",
  );
  return rows[0]?.count ?? 0;
}

/** Every row of a table as one line of JSON, by a cursor. */
async function* linesOf(client: Client, table: string): AsyncGenerator<string> {
  const columns = (await columnsOf(client, table)).map(quoted).join(", ");
  await client.query(
    `declare lines no scroll cursor for select row_to_json(t)::text as line from (select ${columns} from ${quoted(table)}) as t`,
  );
  for (;;) {
    const { rows } = await client.query<{ line: string }>(`fetch ${BATCH} from lines`);
    if (rows.length === 0) {
      break;
    }
    yield* rows.map(({ line }) => `${line}\n`);
  }
  await client.query("close lines");
}

async function dumpTable(client: Client, folder: string, table: string): Promise<{ rows: number; sha256: string }> {
  const hash = createHash("sha256");
  let rows = 0;
  async function* counted(): AsyncGenerator<string> {
    for await (const line of linesOf(client, table)) {
      rows += 1;
      hash.update(line);
      yield line;
    }
  }
  const target = createWriteStream(join(folder, `${table}.ndjson.gz`), { mode: 0o600 });
  await pipeline(Readable.from(counted()), createGzip(), target);
  return { rows, sha256: hash.digest("hex") };
}

/**
 * Writes database and stored files into a new folder: one moment of the database, whatever goes on meanwhile.
 *
 * @throws AppError conflict `backup_exists`
 */
export async function backUp(folder: string): Promise<BackupManifest> {
  if (existsSync(join(folder, "manifest.json"))) {
    throw new AppError("conflict", "backup_exists", { values: { folder } });
  }
  const tables = join(folder, "tables");
  await mkdir(tables, { recursive: true, mode: 0o700 });
  const made = await withClient(env().DATABASE_URL, async (client) => {
    await client.query("begin transaction isolation level repeatable read read only");
    const dumped: BackupManifest["tables"] = {};
    for (const table of await tablesOf(client)) {
      dumped[table] = await dumpTable(client, tables, table);
    }
    const migrations = await migrationsOf(client);
    const files = await copyFilesOut(client, join(folder, "files"));
    await client.query("commit");
    return { dumped, migrations, files };
  });
  const written: BackupManifest = {
    format: FORMAT,
    createdAt: new Date().toISOString(),
    migrations: made.migrations,
    keyHash: keyHash(),
    tables: made.dumped,
    files: made.files,
  };
  // Last: a folder without it is no backup.
  await writeFile(join(folder, "manifest.json"), `${JSON.stringify(written, null, 2)}\n`, { mode: 0o600 });
  return written;
}

async function readManifest(folder: string): Promise<BackupManifest> {
  try {
    return manifest.parse(JSON.parse(await readFile(join(folder, "manifest.json"), "utf8")));
  } catch (cause) {
    throw new AppError("invalid", "backup_unreadable", { cause, values: { folder } });
  }
}

/** Lines between line feeds alone: node's readline also breaks at U+2028, which JSON may hold. */
async function* linesIn(source: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of source) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") {
    yield rest;
  }
}

async function loadTable(client: Client, folder: string, table: string): Promise<{ rows: number; sha256: string }> {
  const columns = (await columnsOf(client, table)).map(quoted).join(", ");
  const hash = createHash("sha256");
  let [rows, batch]: [number, string[]] = [0, []];
  const flush = async () => {
    await client.query(
      `insert into ${quoted(table)} (${columns}) overriding system value
       select ${columns} from jsonb_populate_recordset(null::${quoted(table)}, $1::jsonb)`,
      [`[${batch.join(",")}]`],
    );
    batch = [];
  };
  const source = createReadStream(join(folder, `${table}.ndjson.gz`)).pipe(createGunzip());
  for await (const line of linesIn(source)) {
    rows += 1;
    hash.update(`${line}\n`);
    batch.push(line);
    if (batch.length === BATCH) {
      await flush();
    }
  }
  if (batch.length > 0) {
    await flush();
  }
  return { rows, sha256: hash.digest("hex") };
}

/** Identity columns go on after the highest number that came in. */
async function advanceSequences(client: Client): Promise<void> {
  const { rows } = await client.query<{ table: string; column: string }>(
    `select table_name as table, column_name as column from information_schema.columns
     where table_schema = 'public' and is_identity = 'YES'`,
  );
  for (const { table, column } of rows) {
    await client.query(
      `select setval(pg_get_serial_sequence($1, $2), greatest((select max(${quoted(column)}) from ${quoted(table)}), 1))`,
      [quoted(table), column],
    );
  }
}

async function refuseUnfit(client: Client, given: BackupManifest): Promise<void> {
  if (given.keyHash !== keyHash()) {
    throw new AppError("conflict", "backup_other_key");
  }
  if (given.migrations !== (await migrationsOf(client))) {
    throw new AppError("conflict", "backup_other_release");
  }
  const { rows } = await client.query<{ found: boolean }>("select exists (select 1 from merchants) as found");
  if (rows[0]?.found) {
    throw new AppError("conflict", "restore_not_empty");
  }
}

/**
 * Brings a backup into an empty database, all of it or nothing, and proves it: every table's rows are counted and their
 * checksum compared with what was written.
 *
 * @throws AppError invalid `backup_unreadable` | `backup_damaged`; conflict `restore_not_empty` | `backup_other_key` |
 * `backup_other_release`
 */
export async function restore(folder: string): Promise<BackupManifest> {
  const given = await readManifest(folder);
  await withClient(env().DATABASE_URL, async (client) => {
    await refuseUnfit(client, given);
    await client.query("begin");
    // Rows come table by table: what points at a later table must not be refused, nor triggers fire again.
    await client.query("set local session_replication_role = replica");
    for (const [table, expected] of Object.entries(given.tables)) {
      await client.query(`delete from ${quoted(table)}`);
      const loaded = await loadTable(client, join(folder, "tables"), table);
      if (loaded.rows !== expected.rows || loaded.sha256 !== expected.sha256) {
        throw new AppError("invalid", "backup_damaged", { values: { table } });
      }
    }
    await advanceSequences(client);
    await client.query("commit");
    if (given.files) {
      await copyFilesIn(client, join(folder, "files"));
    }
  });
  return given;
}
