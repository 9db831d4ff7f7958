import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect, type Database } from "@/db/client";
import { channelTokens } from "@/db/schema/channels";
import { sharedCache } from "@/lib/platform/shared-cache";
import { createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { bePatient } from "@/lib/testing/patience";
import { channelTokenSource } from "./token-service";

let desk: DeskFixture;
let channelId: string;
let other: Database;
const at = new Date("2026-11-21T08:00:00Z");
let asked = 0;
const fetchToken = async () => ({ value: `token ${++asked}`, expiresInSeconds: 7_200 });
/** What another process would see: nothing is remembered, everything is read from the database. */
const forget = () => {
  sharedCache("channel-tokens", 1, 1).clear();
  sharedCache("channel-token-fetches", 1, 1).clear();
};

beforeAll(async () => {
  desk = await createDeskFixture();
  channelId = (await desk.merchant()).channelId;
  other = bePatient(connect(desk.url, 8));
});
afterAll(async () => {
  await other.$client.end();
  await desk.end();
});

describe("tokens of a channel", () => {
  it("are fetched once, by one of many callers in many processes", async () => {
    const values = await Promise.all(
      Array.from({ length: 12 }, (_, index) => {
        if (index % 2 === 0) {
          forget();
        }
        return channelTokenSource(index % 3 === 0 ? other : desk.db, channelId, () => at).get("access", fetchToken);
      }),
    );
    expect(asked).toBe(1);
    expect(new Set(values)).toEqual(new Set(["token 1"]));
  });

  it("lie sealed in the database", async () => {
    const [row] = await desk.db.select().from(channelTokens).where(eq(channelTokens.channelId, channelId));
    expect(row?.sealedValue).toMatch(/^v1\./);
    expect(row?.sealedValue).not.toContain("token 1");
  });

  it("are replaced before they end", async () => {
    const later = (seconds: number) =>
      channelTokenSource(desk.db, channelId, () => new Date(at.getTime() + seconds * 1_000)).get("access", fetchToken);
    expect(await later(7_200 - 301)).toBe("token 1");
    expect(await later(7_200 - 299)).toBe("token 2");
  });

  it("are replaced once when they are refused, however many callers were refused", async () => {
    const now = () => new Date(at.getTime() + 7_200_000);
    const source = channelTokenSource(desk.db, channelId, now);
    await Promise.all([source.refuse("access", "token 2"), source.refuse("access", "token 2")]);
    expect(await source.get("access", fetchToken)).toBe("token 3");
    forget();
    await channelTokenSource(other, channelId, now).refuse("access", "token 2");
    expect(await source.get("access", fetchToken)).toBe("token 3");
  });

  it("leave no trace of a failure: the next caller asks again", async () => {
    const source = channelTokenSource(desk.db, channelId, () => at);
    await expect(source.get("ticket", () => Promise.reject(new Error("platform is down")))).rejects.toThrow("down");
    expect(await source.get("ticket", fetchToken)).toBe("token 4");
  });
});
