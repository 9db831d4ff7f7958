import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemContext } from "@/lib/testing/actors";
import { createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { changePassword, createAdmin } from "./account-service";
import { signIn } from "./sign-in";

describe("accounts by the command line", () => {
  let fixture: DeskFixture;
  let context: ReturnType<typeof systemContext>;
  beforeAll(async () => {
    fixture = await createDeskFixture();
    context = systemContext(fixture, (await fixture.merchant()).merchantId);
  });
  afterAll(() => fixture.end());

  it("makes an administrator who can sign in with the password that is shown once", async () => {
    const made = await createAdmin(context, { email: " Boss@Shop.example " });
    expect(made).toEqual({ email: "boss@shop.example", password: expect.stringMatching(/^\S{14}$/) });
    expect(await signIn(context, made)).toMatchObject({ kind: "signed_in", email: "boss@shop.example" });
  });

  it("sets a new password and lets the old one in no longer", async () => {
    const made = await createAdmin(context, { email: "second@shop.example" });
    const changed = await changePassword(context, { email: "second@shop.example", password: "a new and long one" });
    expect(await signIn(context, changed)).toMatchObject({ kind: "signed_in" });
    expect(await signIn(context, made)).toMatchObject({ kind: "refused" });
  });

  it.each([
    [{ email: "no address" }, "invalid_email"],
    [{ email: "a@shop.example", password: "short" }, "password_too_short"],
  ])("refuses %j", async (input, reason) => {
    await expect(createAdmin(context, input)).rejects.toMatchObject({ reason });
  });

  it("says that an account is not there", async () => {
    await expect(changePassword(context, { email: "nobody@shop.example" })).rejects.toMatchObject({
      reason: "account_not_found",
    });
  });
});
