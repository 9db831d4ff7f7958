/** What a person enters to sign in. `totp` and `captcha` are empty until the server asks for them. */
export interface SignInInput {
  readonly email: string;
  readonly password: string;
  readonly totp: string;
  readonly captcha: string;
  /** Which question `captcha` answers. */
  readonly captchaToken: string;
}

/** Every way in which signing in can fail; each has a text in `auth.error`. */
export const SIGN_IN_ERRORS = [
  "invalid_credentials",
  "locked",
  "captcha_required",
  "captcha_invalid",
  "totp_required",
  "totp_invalid",
  "disabled",
  "rate_limited",
  "network",
  "unexpected",
] as const;

export type SignInError = (typeof SIGN_IN_ERRORS)[number];

/** Undefined once signed in, else why not. */
export type SignIn = (input: SignInInput) => Promise<SignInError | undefined>;

/** The error behind a code from the server; next-auth says "CredentialsSignin" when nobody gave a reason. */
export function toSignInError(code: string): SignInError {
  return (
    SIGN_IN_ERRORS.find((known) => known === code) ??
    (code === "CredentialsSignin" ? "invalid_credentials" : "unexpected")
  );
}

/** The first thing that is missing or malformed, by field; empty when it can be sent. */
export function checkSignIn(input: SignInInput, totpAsked: boolean): Partial<Record<keyof SignInInput, SignInProblem>> {
  return {
    ...(input.email === "" ? { email: "emailRequired" as const } : {}),
    ...(input.email !== "" && !/^\S+@\S+$/.test(input.email) ? { email: "emailInvalid" as const } : {}),
    ...(input.password === "" ? { password: "passwordRequired" as const } : {}),
    ...(totpAsked && !/^(\d{6}|[a-z0-9]{5}-?[a-z0-9]{5})$/i.test(input.totp) ? { totp: "totpInvalid" as const } : {}),
  };
}

export type SignInProblem = "emailRequired" | "emailInvalid" | "passwordRequired" | "totpInvalid";
