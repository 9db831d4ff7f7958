import { expect, it } from "vitest";
import { checkSignIn, toSignInError } from "./sign-in";

const input = { email: "lin@example.com", password: "secret", totp: "", captcha: "", captchaToken: "" };

it("lets a complete form through and names what is missing", () => {
  expect(checkSignIn(input, false)).toEqual({});
  expect(checkSignIn({ ...input, email: "", password: "" }, false)).toEqual({
    email: "emailRequired",
    password: "passwordRequired",
  });
  expect(checkSignIn({ ...input, email: "lin" }, false)).toEqual({ email: "emailInvalid" });
});

it("asks for six digits or a recovery code only once the account wants them", () => {
  expect(checkSignIn({ ...input, totp: "12" }, true)).toEqual({ totp: "totpInvalid" });
  expect(checkSignIn({ ...input, totp: "123456" }, true)).toEqual({});
  expect(checkSignIn({ ...input, totp: "ab3de-fg4hj" }, true)).toEqual({});
});

it("does not show a code that nobody knows", () => {
  expect(toSignInError("locked")).toBe("locked");
  expect(toSignInError("CredentialsSignin")).toBe("invalid_credentials");
  expect(toSignInError("<b>boo</b>")).toBe("unexpected");
});
