import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { inArray, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { rowsOf } from "@/db/client";
import { files } from "@/db/schema/operations";
import { uploadEndpoint } from "@/lib/composition/file-endpoints";
import { postVisitorMessage } from "@/lib/conversations/visitor-service";
import { newId } from "@/lib/core/ids";
import { createVisitor, type VisitorContext } from "@/lib/testing/actors";
import { createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { serveFrom, visitorToken } from "@/lib/testing/environment";
import { picture } from "@/lib/testing/hostile-files";
import { multipart, uploadRequest } from "@/lib/testing/upload-request";
import { judgeOldFiles } from "./old-files-service";
import type { UploadedFile } from "./schema";
import { removeUnusedFiles } from "./unused-service";

let desk: DeskFixture;
let shop: { merchantId: string; channelId: string };
let folder: string;
const uploadAsVisitor = uploadEndpoint(["visitor"]);

beforeAll(async () => {
  desk = await createDeskFixture();
  serveFrom(desk.db);
  folder = mkdtempSync(path.join(tmpdir(), "yingda-unused-"));
  vi.stubEnv("YINGDA_DATA_DIR", folder);
  shop = await desk.merchant();
});
afterAll(async () => {
  await desk.end();
  rmSync(folder, { recursive: true, force: true });
});

async function upload(who: VisitorContext): Promise<string> {
  const form = multipart({ name: "photo.png", bytes: await picture("png") });
  const answer = await uploadAsVisitor(uploadRequest(form, { authorization: `Bearer ${visitorToken(who)}` }));
  expect(answer.status).toBe(201);
  return ((await answer.json()) as UploadedFile).id;
}

/** As if they had been uploaded so many hours ago. */
const age = (ids: readonly string[], hours: number) =>
  desk.db
    .update(files)
    .set({ unusedSince: sql`${files.unusedSince} - make_interval(hours => ${hours}::int)` })
    .where(inArray(files.id, [...ids]));
const send = (who: VisitorContext, fileId: string) =>
  postVisitorMessage(who, { clientId: newId("client"), parts: [{ type: "file", fileId }] });
const left = async () => (await desk.db.select({ id: files.id }).from(files)).map(({ id }) => id);
const stored = () =>
  readdirSync(path.join(folder, "files"), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());

it("an upload that nobody sent goes after two days, bytes and all; what was sent, or is younger, stays", async () => {
  const who = await createVisitor(desk, shop);
  const [sent, forgotten, young] = [await upload(who), await upload(who), await upload(who)];
  await send(who, sent);
  await age([forgotten], 49);
  await age([young], 47);
  await age([sent], 1_000);
  expect(stored()).toHaveLength(3);
  expect(await removeUnusedFiles(desk.db)).toBe(1);
  expect((await left()).sort()).toEqual([sent, young].sort());
  expect(stored()).toHaveLength(2);
  await expect(send(who, forgotten)).rejects.toMatchObject({ reason: "file_unknown" });
});

it("what an entry, an avatar or a setting shows stays; a picture that an avatar was only cut out of goes", async () => {
  const who = await createVisitor(desk, shop);
  const shown = [await upload(who), await upload(who), await upload(who), await upload(who)];
  const [inAnswer, inList, asLogo, asAvatar] = shown;
  const plain = await upload(who);
  const { merchantId } = shop;
  await desk.db.execute(sql`insert into kb_entries (id, merchant_id, question, answer, file_ids)
    values ('kbe_1', ${merchantId}, '问', ${`看图 ![](${inAnswer})`}, array[${inList}]::text[])`);
  await desk.db.execute(sql`insert into settings (merchant_id, key, value)
    values (${merchantId}, 'branding', ${JSON.stringify({ logo: asLogo })}::text::jsonb)`);
  await desk.db.execute(sql`update customers set avatar_file_id = ${asAvatar} where id = ${who.actor.customerId}`);
  await age([...shown, plain], 100);
  expect(await removeUnusedFiles(desk.db)).toBe(1);
  expect(await left()).toEqual(expect.arrayContaining(shown));
  expect(await left()).not.toContain(plain);
});

it("files of old, uploaded before this was known, go two days after they were looked through, unless something shows them", async () => {
  const who = await createVisitor(desk, shop);
  const ids = [await upload(who), await upload(who), await upload(who), await upload(who)];
  const [sent, asAvatar, once, forgotten] = ids;
  await send(who, sent ?? "");
  await desk.db.execute(sql`update customers set avatar_file_id = ${asAvatar} where id = ${who.actor.customerId}`);
  await desk.db.execute(sql`insert into kb_versions (entry_id, version, merchant_id, status, content)
    values ('kbe_1', 1, ${shop.merchantId}, 'published', ${JSON.stringify({ fileIds: [once] })}::text::jsonb)`);
  const since = () =>
    rowsOf<{ id: string; waiting: boolean | null }>(
      desk.db,
      sql`select id, unused_since < now() + interval '1 minute' as waiting from files where id = any(${sql.param(ids)}::text[])`,
    );
  const asOfOld = () => desk.db.update(files).set({ unusedSince: null }).where(inArray(files.id, ids));
  await asOfOld();
  await judgeOldFiles(desk.db);
  expect((await since()).filter(({ waiting }) => waiting !== null)).toEqual([{ id: forgotten, waiting: true }]);
  expect(await removeUnusedFiles(desk.db)).toBe(0);
  // Once is enough: what is kept from now on was shown.
  await asOfOld();
  await judgeOldFiles(desk.db);
  expect((await since()).every(({ waiting }) => waiting === null)).toBe(true);
  // Cut short after the marks: nothing goes, and the next run ends it.
  await desk.db.execute(sql`update installation set value = 'false'::jsonb where key = 'files_of_old'`);
  await desk.db
    .update(files)
    .set({ unusedSince: new Date("9999-01-01T00:00:00Z") })
    .where(inArray(files.id, ids));
  expect(await removeUnusedFiles(desk.db)).toBe(0);
  await judgeOldFiles(desk.db);
  expect((await since()).filter(({ waiting }) => waiting !== null)).toEqual([{ id: forgotten, waiting: true }]);
  await age([forgotten ?? ""], 49);
  expect(await removeUnusedFiles(desk.db)).toBe(1);
  expect(await left()).toEqual(expect.arrayContaining([sent, asAvatar, once]));
});

it("beside the removal, whatever was sent in the same moment shows its file, and whatever was too late is told so", async () => {
  for (let round = 0; round < 12; round += 1) {
    const who = await createVisitor(desk, shop);
    const ids = await Promise.all(Array.from({ length: 4 }, () => upload(who)));
    await age(ids, 49);
    const [outcomes] = await Promise.all([
      Promise.allSettled(ids.map((id) => send(who, id))),
      removeUnusedFiles(desk.db),
      removeUnusedFiles(desk.db),
    ]);
    const there = await left();
    for (const [index, outcome] of outcomes.entries()) {
      if (outcome.status === "rejected") {
        expect(outcome.reason).toMatchObject({ reason: "file_unknown" });
      }
      expect(there.includes(ids[index] ?? "")).toBe(outcome.status === "fulfilled");
    }
  }
  const lost = await rowsOf(
    desk.db,
    sql`select m.id from messages m, jsonb_array_elements(m.parts) as part
        where part ? 'fileId' and not exists (select 1 from files f where f.id = part ->> 'fileId')`,
  );
  expect(lost).toEqual([]);
});
