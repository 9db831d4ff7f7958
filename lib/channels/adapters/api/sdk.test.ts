import { execFile } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { readWebhook, signWebhook, verifyWebhook } from "@/public/sdk/yingda";

const FILE = path.resolve(import.meta.dirname, "../../../../public/sdk/yingda.ts");

/** What somebody writes with it: every kind of event is told apart by its type. */
const USE = `
import { type WebhookBody, Yingda, readWebhook } from "./yingda.js";
export async function use(): Promise<void> {
  const yingda = new Yingda({ baseUrl: "https://a.example", channelId: "chn_1", apiKey: "yd_1" });
  const { id } = await yingda.upload(new Blob(["x"]), "x.txt");
  await yingda.send({ userId: "1", files: [{ id }, { url: "https://a.example/b.pdf" }] });
  await yingda.typing({ userId: "1", on: true, text: "Where" });
  for await (const { data } of yingda.stream()) {
    const said: string = data.type === "message.created" ? data.text : data.conversation_id;
    if (data.type === "conversation.rated") said.repeat(data.stars);
  }
  const body: WebhookBody | undefined = await readWebhook(null, "", ["old", "new"]);
  if (body?.type === "typing") body.on.valueOf();
}
`;

describe("the SDK", () => {
  it("stands alone: strictly typed, without the product's or anybody's files beside it", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "yingda-sdk-"));
    try {
      await writeFile(path.join(folder, "yingda.ts"), await readFile(FILE));
      await writeFile(path.join(folder, "use.ts"), USE);
      const compiler = path.resolve(import.meta.dirname, "../../../../node_modules/.bin/tsc");
      const options = ["--strict", "--noEmit", "--target", "es2022", "--module", "nodenext", "--lib", "es2022,dom"];
      const strict = ["--noUncheckedIndexedAccess", "--exactOptionalPropertyTypes", "--ignoreConfig", "--types", ""];
      const { stdout } = await promisify(execFile)(compiler, [...options, ...strict, "use.ts"], { cwd: folder });
      expect(stdout).toBe("");
    } catch (error) {
      expect(error instanceof Error && "stdout" in error ? error.stdout : error).toBe("");
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }, 180_000);

  it("signs as Yingda verifies, and takes either of two signatures", async () => {
    const body = '{"id":"1","type":"ping"}';
    const now = Math.floor(Date.now() / 1_000);
    const by = (secret: string) => createHmac("sha256", secret).update(`${now}.${body}`).digest("hex");
    expect(await verifyWebhook(await signWebhook(body, "new"), body, "new")).toBe(true);
    const both = `t=${now},v1=${by("new")},v1=${by("old")}`;
    expect([await verifyWebhook(both, body, "old"), await verifyWebhook(both, body, ["older", "new"])]).toEqual([
      true,
      true,
    ]);
    expect(await readWebhook(both, body, "old")).toEqual({ id: "1", type: "ping" });
    for (const [header, text, secret] of [
      [both, `${body} `, "new"],
      [both, body, "other"],
      [`t=${now - 301},v1=${by("new")}`, body, "new"],
      [`t=${now}`, body, "new"],
      [null, body, "new"],
    ] as const) {
      expect(await readWebhook(header, text, secret)).toBeUndefined();
    }
  });
});
