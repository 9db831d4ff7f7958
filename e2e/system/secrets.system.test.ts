import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect } from "@/db/client";
import { channels } from "@/db/schema/channels";
import { apiKeys, users } from "@/db/schema/identity";
import { newDataDirectory, type RunningApp, removeDataDirectory, startApp } from "./running-app";
import { type Account, demoAccounts, signIn, submitSignIn } from "./signed-in";

const PAGES = readdirSync("app/(admin)/admin", { recursive: true, encoding: "utf8" })
  .filter((file) => path.basename(file) === "page.tsx" && !file.includes("["))
  .map((file) => path.posix.join("/admin", path.dirname(file)).replace(/\/$/, ""));

/** Words of what a model is told: they say how the bot may be talked round. */
const PROMPT_WORDS = ["NO_ANSWER"];

function filesUnder(folder: string, ending: RegExp): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => path.join(folder, name))
    .filter((file) => ending.test(file) && statSync(file).isFile());
}

describe("no page, script, error or log line holds a secret (T48)", () => {
  let dataDirectory: string;
  let app: RunningApp;
  let admin: Account;
  let cookie: string;
  let secrets: { readonly what: string; readonly value: string }[];

  beforeAll(async () => {
    dataDirectory = newDataDirectory();
    app = await startApp(dataDirectory, { port: 4860 });
    ({ admin } = demoAccounts(app));
    cookie = await signIn(app, admin);
    const db = connect(app.databaseUrl(), 1);
    const own = JSON.parse(readFileSync(path.join(dataDirectory, "secrets.json"), "utf8")) as Record<string, string>;
    const demo = JSON.parse(readFileSync(path.join(dataDirectory, "demo.json"), "utf8")) as Record<string, string>;
    const publicNames = /^(realtimeAppId|realtimeAppKey|vapidPublicKey)$/;
    secrets = [
      ...Object.entries(own).flatMap(([what, value]) => (publicNames.test(what) ? [] : [{ what, value }])),
      ...["apiKey", "identitySecret"].map((what) => ({ what, value: demo[what] ?? "" })),
      { what: "password", value: admin.password },
      ...(await db.select().from(users)).map(({ passwordHash }) => ({ what: "password hash", value: passwordHash })),
      ...(await db.select().from(apiKeys)).map(({ hash }) => ({ what: "key hash", value: hash })),
      ...(await db.select().from(channels)).map(({ sealedSecrets }) => ({
        what: "sealed secret",
        value: sealedSecrets ?? "",
      })),
      { what: "session", value: cookie.split("=")[1] ?? "" },
    ].filter(({ value }) => value.length >= 8);
    await db.$client.end();
  });
  afterAll(async () => {
    await app.stop();
    removeDataDirectory(dataDirectory);
  });

  function leaksIn(text: string): string[] {
    const words = secrets.filter(({ value }) => text.includes(value)).map(({ what }) => what);
    const names = /password_?hash|sealed_?secrets|\$argon2/i.exec(text);
    return names ? [...words, names[0]] : words;
  }

  const read = async (address: string, headers: Record<string, string> = {}) =>
    (await fetch(`${app.url}${address}`, { headers: { cookie, ...headers } })).text();

  it("knows what to look for", () => {
    expect(PAGES.length).toBeGreaterThan(5);
    expect(new Set(secrets.map(({ what }) => what)).size).toBeGreaterThan(6);
    expect(leaksIn(`x${secrets[0]?.value}y`)).toEqual([secrets[0]?.what]);
  });

  it.each(["/desk", "/chat", "/demo", "/login", ...PAGES])(
    "in the page %s and in what its router fetches",
    async (address) => {
      const [page, payload] = await Promise.all([read(address), read(address, { rsc: "1" })]);
      expect(page.length).toBeGreaterThan(500);
      expect(leaksIn(page + payload)).toEqual([]);
    },
  );

  it("in what is told of a failure", async () => {
    const wrong = [
      "/nowhere",
      "/admin/knowledge/kbe_nothing",
      "/desk?c=%00",
      "/api/v1/nowhere",
      "/api/v1/conversations?limit=x",
      "/api/files/none",
    ];
    for (const address of wrong) {
      expect(leaksIn(await read(address)), address).toEqual([]);
    }
    const typed = { email: admin.email, password: "a wrong one that was typed" };
    const refused = await submitSignIn(app, typed);
    secrets.push({ what: "typed password", value: typed.password });
    const told = await refused.text();
    expect(leaksIn(told)).toEqual([]);
    expect(JSON.parse(told).url).toContain(`${app.url}/`);
  });

  it("in any script that a browser may load", () => {
    const scripts = [
      ...filesUnder(".next/static", /\.(js|css|json|map)$/),
      ...filesUnder("public", /\.(js|css|json|html)$/),
    ];
    expect(scripts.length).toBeGreaterThan(20);
    for (const file of scripts) {
      const text = readFileSync(file, "utf8");
      expect([...leaksIn(text), ...PROMPT_WORDS.filter((words) => text.includes(words))], file).toEqual([]);
    }
  });

  it("in the log and in what the launcher printed", () => {
    const logs = filesUnder(path.join(dataDirectory, "logs"), /\.log$/).map((file) => readFileSync(file, "utf8"));
    expect(logs.length).toBeGreaterThan(0);
    expect(leaksIn(logs.join("\n") + app.output())).toEqual([]);
  });
});
