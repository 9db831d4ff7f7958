import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { loginAttempts, users } from "@/db/schema/identity";
import { auditLog } from "@/db/schema/operations";
import type { ActorOf } from "@/lib/core/actor";
import { type ApiFixture, type Credentials, createApiFixture } from "@/lib/testing/api-fixture";
import {
  acceptInvitationOperation,
  beginSecondStepOperation,
  changeOwnPasswordOperation,
  changeProfileOperation,
  confirmSecondStepOperation,
  inviteAgentOperation,
  removeSecondStepOperation,
  signOutEverywhereOperation,
  unlockAgentOperation,
  withdrawInvitationOperation,
} from "./account-operations";
import { getMeOperation } from "./operations";
import { hashPassword } from "./passwords";
import { signIn } from "./sign-in";
import { totpCode, totpStep } from "./totp";

const PASSWORD = "a good long password";

let api: ApiFixture;
let merchantId: string;
let person: { as: Credentials; actor: ActorOf<"agent"> };
let email: string;
let passwordHash: string;

beforeAll(async () => {
  api = await createApiFixture();
  ({ merchantId } = await api.desk.merchant());
  passwordHash = await hashPassword(PASSWORD);
});
beforeEach(async () => {
  person = await api.signedIn(merchantId, "admin");
  email = `${person.actor.userId}@example.test`;
  await api.desk.db.update(users).set({ passwordHash, email }).where(eq(users.id, person.actor.userId));
});
afterAll(() => api.end());

const { now } = { now: () => new Date() };
const stranger = () => ({
  db: api.desk.db,
  actor: { kind: "anonymous" } as const,
  requestId: "request-of-test",
  now,
  log: undefined as never,
  ip: "198.51.100.7",
  locale: "zh-CN",
});
const signInWith = (password: string, totp?: string) => signIn(stranger(), { email, password, totp });
const reasonOf = async (response: Response) => ((await response.json()) as { reason: string }).reason;

describe("one's own account (P2, P5)", () => {
  it("a new password needs the old one, ends every session and lets the old one in no longer", async () => {
    const wrong = { current: "not it at all", password: "another long password" };
    const refused = await api.call(changeOwnPasswordOperation, { as: person.as, body: wrong });
    expect([refused.status, await reasonOf(refused)]).toEqual([400, "password_wrong"]);
    const body = { ...wrong, current: PASSWORD };
    expect((await api.call(changeOwnPasswordOperation, { as: person.as, body })).status).toBe(200);
    expect((await api.call(getMeOperation, { as: person.as })).status).toBe(401);
    expect(await signInWith(PASSWORD)).toMatchObject({ reason: "invalid_credentials" });
    expect(await signInWith("another long password")).toMatchObject({ kind: "signed_in" });
  });

  it("signing out everywhere ends this session and all others", async () => {
    const other = await api.sessionOf(person.actor.userId);
    expect((await api.call(signOutEverywhereOperation, { as: person.as })).status).toBe(200);
    expect((await api.call(getMeOperation, { as: person.as })).status).toBe(401);
    expect((await api.call(getMeOperation, { as: other })).status).toBe(401);
  });

  it("a name of one's own is changed and written down; nothing else can be slipped in (T43)", async () => {
    const body = { name: "新名字", role: "admin", email: "x@y.example", disabled: true };
    expect((await api.call(changeProfileOperation, { as: person.as, body })).status).toBe(200);
    const [user] = await api.desk.db.select().from(users).where(eq(users.id, person.actor.userId));
    expect([user?.name, user?.email, user?.disabled]).toEqual(["新名字", email, false]);
    const [entry] = await api.desk.db.select().from(auditLog).where(eq(auditLog.actorId, person.actor.agentId));
    expect(entry?.action).toBe("profile.updated");
  });
});

describe("two-step sign-in (P5)", () => {
  async function turnOn(): Promise<{ secret: string; recoveryCodes: string[] }> {
    const begun = await api.call(beginSecondStepOperation, { as: person.as, body: {} });
    const { secret, setup } = (await begun.json()) as { secret: string; setup: string };
    const body = { setup, code: totpCode(secret, totpStep(now())) };
    const confirmed = await api.call(confirmSecondStepOperation, { as: person.as, body });
    return { secret, ...((await confirmed.json()) as { recoveryCodes: string[] }) };
  }

  it("asks for the app's code once it is on; a code counts once, a recovery code once", async () => {
    const { secret, recoveryCodes } = await turnOn();
    expect(recoveryCodes).toHaveLength(10);
    expect(await signInWith(PASSWORD)).toEqual({ kind: "refused", reason: "totp_required" });
    expect(await signInWith(PASSWORD, "000000")).toEqual({ kind: "refused", reason: "totp_invalid" });
    // The next one, which counts already: the present one was taken to turn it on.
    const code = totpCode(secret, totpStep(now()) + 1);
    const both = await Promise.all([signInWith(PASSWORD, code), signInWith(PASSWORD, code)]);
    expect(both.map(({ kind }) => kind).sort()).toEqual(["refused", "signed_in"]);
    const [first = ""] = recoveryCodes;
    expect(await signInWith(PASSWORD, first.toUpperCase())).toMatchObject({ kind: "signed_in" });
    expect(await signInWith(PASSWORD, first)).toEqual({ kind: "refused", reason: "totp_invalid" });
  });

  it("a wrong password never gets as far as the second step, so that nobody learns who has one", async () => {
    await turnOn();
    expect(await signInWith("wrong", "123456")).toEqual({ kind: "refused", reason: "invalid_credentials" });
  });

  it("is confirmed only with a right code and by the one who began it, and goes off only with the password", async () => {
    const begun = await api.call(beginSecondStepOperation, { as: person.as, body: {} });
    const { secret, setup } = (await begun.json()) as { secret: string; setup: string };
    const wrong = await api.call(confirmSecondStepOperation, { as: person.as, body: { setup, code: "000000" } });
    expect(await reasonOf(wrong)).toBe("totp_wrong");
    const other = await api.signedIn(merchantId, "agent");
    const body = { setup, code: totpCode(secret, totpStep(now())) };
    expect((await api.call(confirmSecondStepOperation, { as: other.as, body })).status).toBe(400);
    await turnOn();
    const off = (password: string) => api.call(removeSecondStepOperation, { as: person.as, body: { password } });
    expect((await off("not it")).status).toBe(400);
    expect((await off(PASSWORD)).status).toBe(200);
    expect(await signInWith(PASSWORD)).toMatchObject({ kind: "signed_in" });
  });
});

describe("invitations (P2)", () => {
  const invite = async (address: string) => {
    const response = await api.call(inviteAgentOperation, { as: person.as, body: { email: address, role: "agent" } });
    return (await response.json()) as { link: string; invitation: { id: string } };
  };
  const accept = (link: string, input: object) =>
    api.call(acceptInvitationOperation, { body: { token: link.split("/").at(-1), name: "新同事", ...input } });

  it("a link makes an account once, with the invited role, and only its hash is stored", async () => {
    const address = `${person.actor.agentId}-new@example.test`;
    const { link } = await invite(address);
    const answers = await Promise.all([
      accept(link, { password: "first long password" }),
      accept(link, { password: "second long password" }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
    const won = answers[0]?.status === 200 ? "first long password" : "second long password";
    expect(await signIn(stranger(), { email: address, password: won })).toMatchObject({ kind: "signed_in" });
  });

  it("who has an account already joins only with its password", async () => {
    const other = await api.desk.merchant();
    const boss = await api.signedIn(other.merchantId, "admin");
    const body = { email, role: "supervisor" };
    const response = await api.call(inviteAgentOperation, { as: boss.as, body });
    const { link } = (await response.json()) as { link: string };
    expect(await reasonOf(await accept(link, { password: "not my password" }))).toBe("password_wrong");
    expect((await accept(link, { password: PASSWORD })).status).toBe(200);
  });

  it("withdrawn, guessed and repeated ones open nothing; a member is not invited again", async () => {
    const address = `${person.actor.agentId}-gone@example.test`;
    const { link, invitation } = await invite(address);
    await api.call(withdrawInvitationOperation, { as: person.as, params: { id: invitation.id } });
    expect((await accept(link, { password: "a long enough one" })).status).toBe(404);
    expect((await accept("/invite/aaaaaaaaaaaaaaaa", { password: "a long enough one" })).status).toBe(404);
    const again = await api.call(inviteAgentOperation, { as: person.as, body: { email, role: "agent" } });
    expect([again.status, await reasonOf(again)]).toEqual([409, "already_member"]);
  });
});

it("an administrator opens a locked account at once", async () => {
  const rows = Array.from({ length: 12 }, () => ({ email, ip: "203.0.113.9" }));
  await api.desk.db.insert(loginAttempts).values(rows);
  expect(await signInWith(PASSWORD)).toMatchObject({ reason: "locked" });
  const boss = await api.signedIn(merchantId, "admin");
  const params = { id: person.actor.agentId };
  expect((await api.call(unlockAgentOperation, { as: boss.as, params })).status).toBe(200);
  expect(await signInWith(PASSWORD)).toMatchObject({ kind: "signed_in" });
});
