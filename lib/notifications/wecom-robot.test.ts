import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startWebhookReceiver, type WebhookReceiver } from "@/lib/testing/stubs/webhook-receiver";
import { startRobotStub } from "@/lib/testing/stubs/wecom/robot-stub";
import { sendToWecomRobot } from "./wecom-robot";

const key = "693axxx6-7aoc-4bc4-97a0-0ec2sifa5aaa";
let clock = Date.now();
let robot: Awaited<ReturnType<typeof startRobotStub>>;
let broken: WebhookReceiver;

beforeAll(async () => {
  robot = await startRobotStub(key, () => clock);
  broken = await startWebhookReceiver();
  const hosts = [robot.url, broken.url, "http://127.0.0.1:9"].map((url) => new URL(url).host);
  vi.stubEnv("OUTGOING_ALLOW_HOSTS", hosts.join(","));
});

afterAll(async () => {
  await robot.stop();
  await broken.stop();
});

const send = (text: string, mentions?: readonly string[], given = key) =>
  sendToWecomRobot({ key: given, apiBase: robot.url }, { text, ...(mentions && { mentions }) });

describe("a WeCom group robot", () => {
  it("posts a text, calls people by name, and cuts what is too long between characters", async () => {
    expect(await send("新会话：退款🙂", ["zhang", "@all"])).toEqual({ kind: "sent" });
    expect(robot.posts.at(-1)).toEqual({ msgtype: "text", content: "新会话：退款🙂", mentioned: ["zhang", "@all"] });
    expect(await send("长🙂".repeat(1_000))).toEqual({ kind: "sent" });
    const kept = robot.posts.at(-1)?.content ?? "";
    expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(2_048);
    expect(Buffer.byteLength(kept)).toBeGreaterThan(2_030);
    expect("长🙂".repeat(1_000).startsWith(kept)).toBe(true);
  });

  it("tells a wrong key and an empty text from what may go later: twenty a minute, and a platform that is down", async () => {
    expect(await send("x", [], "another key")).toEqual({ kind: "refused", code: 93000 });
    expect(await send("")).toEqual({ kind: "refused", code: 44004 });
    clock += 61_000;
    const outcomes = await Promise.all(Array.from({ length: 21 }, (_, index) => send(`第 ${index}`)));
    expect(outcomes.filter(({ kind }) => kind === "sent")).toHaveLength(20);
    expect(outcomes.filter(({ kind }) => kind === "later")).toEqual([{ kind: "later", code: 45009 }]);
    clock += 61_000;
    expect(await send("一分钟以后")).toEqual({ kind: "sent" });
    for (const answer of [
      { status: 502, body: "<html>" },
      { status: 200, body: "{" },
      { status: 307, headers: { location: `${robot.url}/` } },
      "cut",
    ] as const) {
      broken.answers.push(answer);
      expect(await sendToWecomRobot({ key, apiBase: broken.url }, { text: "x" })).toMatchObject({ kind: "later" });
    }
    expect(await sendToWecomRobot({ key, apiBase: "http://127.0.0.1:9" }, { text: "x" })).toMatchObject({
      kind: "later",
    });
  });
});
