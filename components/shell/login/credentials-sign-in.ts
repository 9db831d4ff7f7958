import { signIn } from "next-auth/react";
import { type SignIn, toSignInError } from "./sign-in";

/** Signs in through next-auth's credentials provider, whose `authorize` throws an Error with one of our codes. */
export const credentialsSignIn: SignIn = async (input) => {
  try {
    const result = await signIn("credentials", { redirect: false, ...input });
    if (result?.ok && !result.error) {
      return undefined;
    }
    return toSignInError(result?.error ?? "unexpected");
  } catch {
    return navigator.onLine ? "unexpected" : "network";
  }
};
