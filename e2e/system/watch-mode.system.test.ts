import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { newDataDirectory, type RunningApp, removeDataDirectory, startApp } from "./running-app";

const port = 4150;

describe("watch mode (npm run up -- --dev)", () => {
  let dataDirectory: string;
  let app: RunningApp;

  beforeAll(async () => {
    dataDirectory = newDataDirectory();
    app = await startApp(dataDirectory, { port, args: ["--dev", "--no-demo"] });
  });
  afterAll(async () => {
    await app.stop();
    removeDataDirectory(dataDirectory);
    // Watching wrote bundles for development over those of the build, which the journeys and benchmarks that follow are for.
    execFileSync(process.execPath, ["scripts/build.mjs"], { stdio: "ignore" });
  });

  it("answers the socket that development pages wait for before they come alive", async () => {
    // Next listens for sockets from its first page on.
    expect((await fetch(`${app.url}/login`)).status).toBe(200);
    const socket = new WebSocket(`${app.url.replace("http", "ws")}/_next/hmr`, { origin: app.url });
    const first = await new Promise<string>((resolve, reject) => {
      socket.once("message", (data) => resolve(String(data)));
      socket.once("error", reject);
      socket.once("close", () => reject(new Error("hung up")));
    });
    socket.terminate();
    expect(JSON.parse(first)).toHaveProperty("type");
  });

  it("hangs up on sockets that are nobody's", async () => {
    const socket = new WebSocket(`${app.url.replace("http", "ws")}/elsewhere`, { origin: app.url });
    await expect(new Promise((_resolve, reject) => socket.once("error", reject))).rejects.toThrow();
  });
});
