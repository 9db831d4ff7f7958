import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { z } from "zod";
import { baseContext } from "@/lib/composition/base-context";
import { SESSION_SECONDS, sessionCookieName } from "@/lib/identity/session";
import { signIn } from "@/lib/identity/sign-in";
import { env } from "@/lib/platform/env/env";

const credentials = z.object({
  email: z.string().max(200),
  password: z.string().min(1).max(200),
  totp: z.string().max(20).optional(),
  captcha: z.string().max(20).optional(),
  captchaToken: z.string().max(500).optional(),
});
const claims = z.object({ userId: z.string(), sessionVersion: z.number() });

function headersOf(source: unknown): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(source ?? {})) {
    if (typeof value === "string") {
      headers.set(name, value);
    }
  }
  return headers;
}

/** next-auth with our own sign-in: a signed, encrypted, httpOnly cookie that names the user and the session version. */
export function authOptions(): NextAuthOptions {
  const secure = env().YINGDA_URL.startsWith("https://");
  return {
    secret: env().AUTH_SECRET,
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    pages: { signIn: "/login", error: "/login" },
    cookies: {
      sessionToken: { name: sessionCookieName(), options: { httpOnly: true, sameSite: "lax", path: "/", secure } },
    },
    providers: [
      CredentialsProvider({
        credentials: { email: {}, password: {}, totp: {}, captcha: {}, captchaToken: {} },
        async authorize(input, request) {
          const parsed = credentials.safeParse(input);
          if (!parsed.success) {
            throw new Error("invalid_credentials");
          }
          const context = { ...baseContext(headersOf(request.headers)), actor: { kind: "anonymous" } as const };
          const result = await signIn(context, parsed.data);
          if (result.kind === "refused") {
            throw new Error(result.reason);
          }
          return { id: result.userId, name: result.name, email: result.email, sessionVersion: result.sessionVersion };
        },
      }),
    ],
    callbacks: {
      jwt({ token, user }) {
        const fresh = user ? claims.safeParse({ userId: user.id, ...user }) : undefined;
        return fresh?.success ? { ...token, ...fresh.data } : token;
      },
    },
  };
}
