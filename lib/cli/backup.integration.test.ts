import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { storage } from "@/lib/platform/storage/storage";
import { createVisitor } from "@/lib/testing/actors";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { startS3Server } from "@/lib/testing/stubs/s3";
import { backUp, restore } from "./backup";

const KEY = Buffer.alloc(32, 7).toString("base64");

let desk: DeskFixture;
let empty: TestDatabase;
let folder: string;

/** What stands in a database: every table with a checksum of its rows, in an order of their own. */
async function contents(url: string): Promise<Record<string, string>> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows: tables } = await client.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
  );
  const found: Record<string, string> = {};
  for (const { name } of tables) {
    const { rows } = await client.query<{ sum: string }>(
      `select count(*) || ' ' || coalesce(md5(string_agg(t::text, chr(10) order by t::text)), '') as sum from "${name}" t`,
    );
    found[name] = rows[0]?.sum ?? "";
  }
  await client.end();
  return found;
}

describe("backup and restore (P7, P10)", () => {
  beforeAll(async () => {
    desk = await createDeskFixture();
    vi.stubEnv("ENCRYPTION_KEY", KEY);
    const shop = await desk.merchant();
    await desk.agent(shop.merchantId, "admin", "'; drop table users; --");
    const visitor = await createVisitor(desk, shop);
    await desk.conversation({ ...shop, ...visitor.actor });
    await desk.db.execute(
      `insert into metric_facts (merchant_id, kind, conversation_id, value) values ('${shop.merchantId}', 'wait', 'c', 0.1)`,
    );
    await desk.db.execute(
      `insert into audit_log (id, merchant_id, actor_kind, action, target_type, before) values ('aud_1', '${shop.merchantId}', 'system', 'a', 't', '{"emoji": "😀\\u2028", "n": 1e-7}')`,
    );
  });
  beforeEach(async () => {
    folder = path.join(mkdtempSync(path.join(tmpdir(), "yingda-backup-")), "backup");
    empty = await createTestDatabase();
    vi.stubEnv("DATABASE_URL", desk.url);
    return async () => {
      await empty.drop();
      rmSync(path.dirname(folder), { recursive: true, force: true });
    };
  });
  afterAll(() => desk.end());

  // The environment is parsed once a process; these functions are given it by a process of their own otherwise.
  const use = async (url: string) => {
    const { env } = await import("@/lib/platform/env/env");
    Object.assign(env(), {
      DATABASE_URL: url,
      YINGDA_DATA_DIR: path.dirname(folder),
      ENCRYPTION_KEY: KEY,
    });
  };

  it("a backup restored into an empty database is the same database, and numbering goes on", async () => {
    await use(desk.url);
    const made = await backUp(folder);
    expect(made.tables["users"]?.rows).toBe(1);
    await use(empty.url);
    await restore(folder);
    expect(await contents(empty.url)).toEqual(await contents(desk.url));
    const client = new Client({ connectionString: empty.url });
    await client.connect();
    await client.query(
      "insert into metric_facts (merchant_id, kind, conversation_id, value) values ('m', 'k', 'c', 1)",
    );
    const { rows } = await client.query("select count(distinct id)::int as n from metric_facts");
    await client.end();
    expect(rows).toEqual([{ n: 2 }]);
  });

  it("refuses to overwrite a backup, and to restore over what is there", async () => {
    await use(desk.url);
    await backUp(folder);
    await expect(backUp(folder)).rejects.toThrow("backup_exists");
    await expect(restore(folder)).rejects.toThrow("restore_not_empty");
  });

  it("a damaged backup leaves the database as empty as it was", async () => {
    await use(desk.url);
    await backUp(folder);
    await use(empty.url);
    const before = await contents(empty.url);
    const file = path.join(folder, "manifest.json");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace(/("users": \{\s+"rows": )1/, "$12"));
    await expect(restore(folder)).rejects.toThrow("backup_damaged");
    expect(await contents(empty.url)).toEqual(before);
    appendFileSync(file, "not json");
    await expect(restore(folder)).rejects.toThrow("backup_unreadable");
    expect(existsSync(path.join(folder, "tables", "users.ndjson.gz"))).toBe(true);
  });

  it("takes files out of a bucket into the backup, and back into a bucket", async () => {
    const key = "2026/11/21/abcdefghijklmnopqrstuvwx";
    const server = await startS3Server("key-of-tests");
    const access = { S3_ACCESS_KEY_ID: "key-of-tests", S3_SECRET_ACCESS_KEY: "secret of tests" };
    const { env } = await import("@/lib/platform/env/env");
    Object.assign(env(), { S3_BUCKET: "uploads", S3_ENDPOINT: server.endpoint, ...access });
    const photo = path.join(path.dirname(folder), "photo");
    writeFileSync(photo, "照片");
    await storage().put(key, photo, "image/png");
    await desk.db.execute(
      `insert into files (id, merchant_id, uploader_kind, name, mime, size, storage_key, sha256)
       select 'fil_' || part, id, 'agent', 'photo', 'image/png', 6, '2026/11/21/' || part, 'x'
       from merchants, unnest(array['abcdefghijklmnopqrstuvwx', 'gone00000000000000000000']) as part`,
    );
    await use(desk.url);
    expect((await backUp(folder)).files).toBe(true);
    await storage().remove(key);
    await use(empty.url);
    await restore(folder);
    const brought = server.objects.get(`/uploads/${key}`);
    expect([server.objects.size, brought?.type, brought?.bytes.toString()]).toEqual([1, "image/png", "照片"]);
    Object.assign(env(), { S3_BUCKET: undefined });
    await desk.db.execute("delete from files");
    await server.stop();
  });

  it("says that sealed secrets need the key they were sealed with", async () => {
    await use(desk.url);
    await backUp(folder);
    await use(empty.url);
    const { env } = await import("@/lib/platform/env/env");
    Object.assign(env(), { ENCRYPTION_KEY: "another key" });
    await expect(restore(folder)).rejects.toThrow("backup_other_key");
  });
});
