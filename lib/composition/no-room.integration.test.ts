import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { rowsOf } from "@/db/client";
import { postReplyOperation, postVisitorMessageOperation } from "@/lib/conversations/operations";
import { newId } from "@/lib/core/ids";
import { createVisitor } from "@/lib/testing/actors";
import { type ApiFixture, createApiFixture } from "@/lib/testing/api-fixture";
import { visitorToken } from "@/lib/testing/environment";
import { multipart, uploadRequest } from "@/lib/testing/upload-request";
import { uploadEndpoint } from "./file-endpoints";

let api: ApiFixture;
let disk: ReturnType<typeof smallDisk>;
beforeAll(async () => {
  disk = smallDisk();
  // Read once, with the first request.
  vi.stubEnv("YINGDA_DATA_DIR", disk.folder);
  api = await createApiFixture();
});
afterAll(async () => {
  await api.end();
  disk.remove();
});

const words = () => ({ clientId: newId("client"), parts: [{ type: "text", text: "在吗" }] });

async function stored(): Promise<number> {
  const [row] = await rowsOf<{ count: number }>(api.desk.db, sql`select count(*)::int from messages`);
  return row?.count ?? 0;
}

/** A small disk of its own; where none may be mounted, a place that nobody may write to. */
function smallDisk(): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(path.join(tmpdir(), "yingda-full-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=256k", "tmpfs", folder], { stdio: "ignore" });
    return {
      folder,
      remove: () => {
        execFileSync("umount", [folder]);
        rmSync(folder, { recursive: true });
      },
    };
  } catch {
    return { folder: "/sys/kernel/yingda", remove: () => rmSync(folder, { recursive: true }) };
  }
}

describe("a disk without room (T29)", () => {
  it.each([
    ["full", sql`raise exception using errcode = 'disk_full', message = 'could not extend file'`],
    ["only for reading", sql`raise exception using errcode = 'read_only_sql_transaction'`],
  ])(
    "of the database, %s: 503 in words, nothing is taken for stored, and the same message is taken afterwards",
    async (_, fault) => {
      const shop = await api.desk.merchant();
      const visitor = await api.visitor(shop);
      const agent = await api.signedIn(shop.merchantId, "admin");
      const first = await api.call(postVisitorMessageOperation, { as: visitor.as, body: words() });
      const { conversation } = (await first.json()) as { conversation: { id: string } };
      const before = await stored();
      await api.desk.db.execute(
        sql`create or replace function no_room() returns trigger language plpgsql as $$ begin ${fault}; end $$`,
      );
      await api.desk.db.execute(
        sql`create trigger no_room before insert on messages for each statement execute function no_room()`,
      );
      const said = words();
      const refused = await api.call(postVisitorMessageOperation, { as: visitor.as, body: said });
      const reply = await api.call(postReplyOperation, {
        as: agent.as,
        params: { id: conversation.id },
        body: words(),
      });
      await api.desk.db.execute(sql`drop trigger no_room on messages`);
      expect([refused.status, reply.status]).toEqual([503, 503]);
      expect(refused.headers.get("retry-after")).toBe("30");
      expect(((await refused.json()) as { detail: string }).detail).toContain("没有保存");
      expect(await stored()).toBe(before);
      expect((await api.call(postVisitorMessageOperation, { as: visitor.as, body: said })).status).toBe(201);
      expect(await stored()).toBe(before + 1);
    },
  );

  it("of the files: 503 in words, no row without its bytes", async () => {
    const shop = await api.desk.merchant();
    const visitor = await createVisitor(api.desk, shop);
    const request = uploadRequest(
      multipart({ name: "a.txt", type: "text/plain", bytes: Buffer.alloc(900_000, "文") }),
      {
        authorization: `Bearer ${visitorToken(visitor)}`,
      },
    );
    const answer = await uploadEndpoint(["visitor"])(request);
    expect(answer.status).toBe(503);
    expect(((await answer.json()) as { reason: string }).reason).toBe("no_room");
    const [row] = await rowsOf<{ count: number }>(api.desk.db, sql`select count(*)::int from files`);
    expect(row?.count).toBe(0);
  });
});
