import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { loginAttempts, memberships, users } from "@/db/schema/identity";
import { baseContext } from "@/lib/composition/base-context";
import { newId } from "@/lib/core/ids";
import type { Context } from "@/lib/platform/context";
import { createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { serveFrom } from "@/lib/testing/environment";
import { newChallenge } from "./captcha";
import { hashPassword } from "./passwords";
import { signIn } from "./sign-in";

const PASSWORD = "a good long password";
const MINUTE_MS = 60_000;

describe("signing in (T44)", () => {
  let fixture: DeskFixture;
  let email: string;
  let userId: string;
  let passwordHash: string;

  beforeAll(async () => {
    fixture = await createDeskFixture();
    serveFrom(fixture.db);
    passwordHash = await hashPassword(PASSWORD);
  });
  beforeEach(async () => {
    const { merchantId } = await fixture.merchant();
    const agent = await fixture.agent(merchantId);
    userId = agent.actor.userId;
    email = `${userId}@example.test`.toLowerCase();
    await fixture.db.update(users).set({ passwordHash, email }).where(eq(users.id, userId));
    await fixture.db.delete(loginAttempts);
  });
  afterAll(() => fixture.end());

  function from(headers: Record<string, string> = {}, at = new Date()): Context {
    const given = new Headers({ "x-yingda-client-ip": "198.51.100.4", ...headers });
    return { ...baseContext(given), now: () => at, actor: { kind: "anonymous" } };
  }
  /** Answers the question as well, as a person would once it is asked. */
  const attempt = (password: string, address = email, context = from()) => {
    const { first, second, token } = newChallenge(context.now());
    return signIn(context, { email: address, password, captcha: String(first + second), captchaToken: token });
  };
  async function fail(times: number, address = email, context = from()): Promise<void> {
    for (let count = 0; count < times; count += 1) {
      expect(await attempt("wrong", address, context)).toEqual({ kind: "refused", reason: "invalid_credentials" });
    }
  }

  it("lets in who knows the password, however the address is written", async () => {
    expect(await attempt(PASSWORD)).toMatchObject({ kind: "signed_in", userId, sessionVersion: 1 });
    expect(await attempt(PASSWORD, ` ${email.toUpperCase()} `)).toMatchObject({ kind: "signed_in", userId });
  });

  it("answers a wrong password and an unknown account alike", async () => {
    const wrong = await attempt("wrong");
    expect(await attempt("wrong", "nobody@example.test")).toEqual(wrong);
    expect(await attempt("", "nobody@example.test")).toEqual(wrong);
  });

  it("works as hard for an unknown account as for a known one, so that time tells nothing", async () => {
    const fastest = async (address: () => string) => {
      let best = Number.POSITIVE_INFINITY;
      for (let round = 0; round < 4; round += 1) {
        const since = performance.now();
        await attempt("wrong", address());
        best = Math.min(best, performance.now() - since);
      }
      return best;
    };
    await attempt("wrong", "first@example.test");
    const known = await fastest(() => email);
    const unknown = await fastest(() => `${newId("client")}@example.test`);
    // The hash is all but the whole of it; without it the answer would come twenty times sooner. No upper bound: a busy
    // machine slows either of them down.
    expect(unknown).toBeGreaterThan(known / 5);
  });

  it("locks an account after ten wrong tries, also for the right password, and opens it a quarter of an hour later", async () => {
    await fail(10);
    expect(await attempt(PASSWORD)).toEqual({ kind: "refused", reason: "locked" });
    expect(await attempt(PASSWORD, email.toUpperCase())).toEqual({ kind: "refused", reason: "locked" });
    const later = from({}, new Date(Date.now() + 16 * MINUTE_MS));
    expect(await attempt(PASSWORD, email, later)).toMatchObject({ kind: "signed_in" });
  });

  it("locks an account that does not exist in the same way", async () => {
    await fail(10, "nobody@example.test");
    expect(await attempt("wrong", "nobody@example.test")).toEqual({ kind: "refused", reason: "locked" });
  });

  it("is not outrun by a hundred tries at once", async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, () => attempt("wrong")));
    const checked = answers.filter((answer) => answer.kind === "refused" && answer.reason !== "locked");
    expect(checked.length).toBeLessThanOrEqual(12);
    expect(await attempt(PASSWORD)).toEqual({ kind: "refused", reason: "locked" });
  });

  it("asks a question after three wrong tries, and takes each answer once", async () => {
    await fail(3);
    const bare = { email, password: PASSWORD };
    expect(await signIn(from(), bare)).toEqual({ kind: "refused", reason: "captcha_required" });
    const { first, second, token } = newChallenge(new Date());
    const wrong = { ...bare, captcha: String(first + second + 1), captchaToken: token };
    expect(await signIn(from(), wrong)).toEqual({ kind: "refused", reason: "captcha_invalid" });
    const late = { ...bare, captcha: String(first + second), captchaToken: token };
    expect(await signIn(from(), late)).toEqual({ kind: "refused", reason: "captcha_invalid" });
    const forged = { ...bare, captcha: "2", captchaToken: "eyJh.b" };
    expect(await signIn(from(), forged)).toEqual({ kind: "refused", reason: "captcha_invalid" });
    expect(await attempt(PASSWORD)).toMatchObject({ kind: "signed_in" });
    expect(await signIn(from(), bare)).toMatchObject({ kind: "signed_in" });
  });

  it("is not reset by another X-Forwarded-For for each try", async () => {
    for (let count = 0; count < 10; count += 1) {
      await fail(1, email, from({ "x-forwarded-for": `203.0.113.${count}` }));
    }
    expect(await attempt(PASSWORD, email, from({ "x-forwarded-for": "203.0.113.99" }))).toMatchObject({
      reason: "locked",
    });
  });

  it("makes an address wait that tries one account after the other, whatever it says of itself", async () => {
    const rows = Array.from({ length: 50 }, (_, count) => ({ email: `${count}@example.test`, ip: "198.51.100.4" }));
    await fixture.db.insert(loginAttempts).values(rows);
    expect(await attempt(PASSWORD, email, from({ "x-forwarded-for": "203.0.113.99" }))).toMatchObject({
      reason: "locked",
    });
    expect(await attempt(PASSWORD, email, from({ "x-yingda-client-ip": "198.51.100.5" }))).toMatchObject({
      kind: "signed_in",
    });
  });

  it("forgets the wrong tries of one who then gets in", async () => {
    await fail(9);
    expect(await attempt(PASSWORD)).toMatchObject({ kind: "signed_in" });
    await fail(9);
    expect(await attempt(PASSWORD)).toMatchObject({ kind: "signed_in" });
  });

  it("tells only those who know the password that an account is disabled", async () => {
    await fixture.db.update(users).set({ disabled: true }).where(eq(users.id, userId));
    expect(await attempt(PASSWORD)).toEqual({ kind: "refused", reason: "disabled" });
    expect(await attempt("wrong")).toEqual({ kind: "refused", reason: "invalid_credentials" });
    await fixture.db.update(users).set({ disabled: false }).where(eq(users.id, userId));
    await fixture.db.update(memberships).set({ disabled: true }).where(eq(memberships.userId, userId));
    expect(await attempt(PASSWORD)).toEqual({ kind: "refused", reason: "disabled" });
  });

  it.each(["' or 1=1 --", "%", "a\u0000b@example.test", "\ud800@example.test", "x".repeat(200)])(
    "takes the address %j for nobody's",
    async (address) => {
      expect(await attempt(PASSWORD, address)).toEqual({ kind: "refused", reason: "invalid_credentials" });
    },
  );
});
