import { Command } from "commander";
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { auditLog } from "@/db/schema/operations";
import { uploadSettings } from "@/lib/files/settings-schema";
import { readSettings } from "@/lib/settings/service";
import { createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { settingsCommands } from "./settings-commands";

let desk: DeskFixture;
let merchantId: string;

beforeAll(async () => {
  desk = await createDeskFixture();
  // A command opens the database by itself and closes it when it is through.
  vi.stubEnv("DATABASE_URL", desk.url);
  ({ merchantId } = await desk.merchant());
});
afterEach(() => {
  process.exitCode = undefined;
});
afterAll(() => desk.end());

/** What the command prints, and whether it worked. */
async function yingda(...words: string[]) {
  const said: string[] = [];
  const listen = (chunk: unknown) => {
    said.push(String(chunk));
    return true;
  };
  const outputs = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, "write").mockImplementation(listen),
  );
  const program = new Command();
  settingsCommands(program, () => words.includes("--json"));
  for (const command of program.commands.flatMap((each) => each.commands)) {
    command.option("--json");
  }
  process.exitCode = undefined;
  try {
    await program.parseAsync(["settings", ...words], { from: "user" });
  } finally {
    for (const output of outputs) {
      output.mockRestore();
    }
  }
  return { text: said.join(""), failed: process.exitCode === 1 };
}

const maximum = async () => (await readSettings(desk.db, merchantId, uploadSettings)).maxMegabytes;

it("settings are listed, read, set and given back by the command line, checked and written down like those of the form", async () => {
  expect((await yingda("get", "uploads.maxMegabytes")).text).toContain("uploads.maxMegabytes = 20");
  expect(await yingda("set", "uploads.maxMegabytes", "7")).toMatchObject({ failed: false });
  expect(await maximum()).toBe(7);
  expect(JSON.parse((await yingda("get", "uploads.maxMegabytes", "--json")).text)).toEqual({
    "uploads.maxMegabytes": 7,
  });
  expect((await yingda("list")).text).toContain("uploads.maxMegabytes = 7");
  expect(await yingda("set", "uploads.maxMegabytes", "--unset")).toMatchObject({ failed: false });
  expect(await maximum()).toBe(20);
  const rows = await desk.db.select().from(auditLog).where(eq(auditLog.merchantId, merchantId));
  const written = rows.map(({ actorKind, before, after }) => ({ actorKind, before, after }));
  expect(written).toHaveLength(2);
  expect(written).toContainEqual({ actorKind: "system", before: { maxMegabytes: null }, after: { maxMegabytes: 7 } });
  expect(written).toContainEqual({ actorKind: "system", before: { maxMegabytes: 7 }, after: { maxMegabytes: null } });
});

it("what does not fit, and what there is not, is refused in words and changes nothing", async () => {
  for (const words of [
    ["set", "uploads.maxMegabytes", "900"],
    ["set", "uploads.maxMegabytes", "many"],
    ["set", "uploads.nothing", "1"],
    ["get", "nothing.at.all"],
    ["get", "uploads", "--merchant", "nobody"],
  ]) {
    const { text, failed } = await yingda(...words);
    expect([failed, text.trim() === ""], words.join(" ")).toEqual([true, false]);
  }
  expect(await maximum()).toBe(20);
});

it("a secret goes in and is never told again", async () => {
  expect(await yingda("set", "alerts.smtpPassword", "hush-hush")).toMatchObject({ failed: false });
  for (const words of [["get", "alerts"], ["list"], ["list", "--json"]]) {
    expect((await yingda(...words)).text).not.toContain("hush-hush");
  }
});
