import { deflateRawSync } from "node:zlib";
import { expect, it } from "vitest";
import { workbookOf } from "@/lib/testing/xlsx";
import { parseFaqFile } from "./import-file";
import { checkArchive } from "./zip-limit";

/** An archive of one part that states any size. */
function archive(data: Buffer, { flags = 0, stated = data.length } = {}): Buffer {
  const packed = deflateRawSync(data);
  const local = Buffer.alloc(31);
  local.writeUInt16LE(1, 26);
  const head = Buffer.alloc(47);
  head.writeUInt32LE(0x02014b50, 0);
  head.writeUInt16LE(flags, 8);
  head.writeUInt16LE(8, 10);
  head.writeUInt32LE(packed.length, 20);
  head.writeUInt32LE(stated, 24);
  head.writeUInt16LE(1, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt32LE(local.length + packed.length, 16);
  return Buffer.concat([local, packed, head, end]);
}

const bomb = archive(Buffer.alloc(200 * 1024 * 1024), { stated: 10 });

it("a bomb is refused before it is unpacked, whatever size it states", async () => {
  const before = process.memoryUsage().rss;
  await expect(parseFaqFile("faq.xlsx", bomb)).rejects.toMatchObject({ reason: "import_too_large" });
  expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024);
});

it("a file with a password is told apart from a broken one", async () => {
  expect(() => checkArchive(archive(Buffer.from("x"), { flags: 1 }))).toThrow("import_encrypted");
  const office = Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.alloc(600)]);
  await expect(parseFaqFile("faq.xlsx", office)).rejects.toMatchObject({ reason: "import_encrypted" });
  expect(() => checkArchive(Buffer.alloc(100))).toThrow("import_unreadable");
});

it("an ordinary workbook passes", () => {
  expect(() => checkArchive(workbookOf([["question", "answer"]]))).not.toThrow();
});
