import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "./architecture/source";

/** Words that stand in server code only: one of them in a browser's file means that more than the word went along. */
const SERVER_WORDS = [
  "passwordHash",
  "password_hash",
  "sealedSecrets",
  "sealed_secrets",
  "ENCRYPTION_KEY",
  "SIGNING_SECRET",
  "AUTH_SECRET",
  "CRON_SECRET",
  "REALTIME_SECRET",
  "AI_API_KEY",
  "S3_SECRET_ACCESS_KEY",
  "node-postgres",
  "graphile_worker",
  "BEGIN PRIVATE KEY",
  "sourceMappingURL",
];

function filesBelow(folder: string): string[] {
  try {
    return readdirSync(path.join(projectRoot, folder), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && /\.(m?js|css|html|json|txt|map|svg|webmanifest)$/.test(entry.name))
      .map((entry) => path.relative(projectRoot, path.join(entry.parentPath, entry.name)));
  } catch {
    // Not built yet: what is not there gives nothing away.
    return [];
  }
}

describe("what browsers can load (T48)", () => {
  it.each(["public", ".next/static"])("%s holds no server code, no secret's name and no source map", (folder) => {
    const found = filesBelow(folder).flatMap((file) => {
      const text = readFileSync(path.join(projectRoot, file), "utf8");
      return SERVER_WORDS.filter((word) => text.includes(word)).map((word) => `${file}: ${word}`);
    });
    expect(found).toEqual([]);
  });
});
