import { Writable } from "node:stream";
import pino from "pino";
import { describe, expect, it } from "vitest";
import { logOptions } from "./log";

const HOSTILE = 'x\r\n{"level":60,"msg":"forged"}\n\u2028\u0000\u001b[31m';

/** What some happenings are written as, by a log like the product's own. */
function written(work: (log: pino.Logger) => void): string[] {
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _, done) {
      lines.push(...chunk.toString().split("\n").filter(Boolean));
      done();
    },
  });
  work(pino(logOptions("info"), sink));
  return lines;
}

describe("the log (T60, T48)", () => {
  it("stays one line of JSON a happening, whatever names, paths and errors hold", () => {
    const lines = written((log) => {
      log.info({ name: HOSTILE, [HOSTILE]: 1, nested: { path: HOSTILE } }, HOSTILE);
      log.error({ err: new Error(HOSTILE) }, "failed");
    });
    expect(lines).toHaveLength(2);
    const [first, second] = lines.map((line) => JSON.parse(line) as { level: number; msg: string; name?: string });
    expect(first).toMatchObject({ level: 30, msg: HOSTILE, name: HOSTILE });
    expect(second).toMatchObject({ level: 50, msg: "failed" });
    expect([...lines.join("")].filter((character) => character < " ")).toEqual([]);
  });

  it("holds no password, token, cookie or words of a person", () => {
    const [line = ""] = written((log) =>
      log.info({ password: "geheim", body: { token: "geheim", text: "geheim" }, headers: { cookie: "geheim" } }, "x"),
    );
    expect(line).not.toContain("geheim");
  });
});
