import { readFileSync } from "node:fs";
import path from "node:path";
import { startSession } from "@/lib/conversations/chat-contracts";
import type { RunningApp } from "./running-app";

export interface Account {
  readonly email: string;
  readonly password: string;
}

interface DemoFile {
  readonly accounts: { readonly admin: Account; readonly agents: readonly (Account & { readonly merchant: string })[] };
}

/** The accounts that the launcher made for the demo. */
export function demoAccounts(app: RunningApp): DemoFile["accounts"] {
  return (JSON.parse(readFileSync(path.join(app.dataDirectory, "demo.json"), "utf8")) as DemoFile).accounts;
}

/** `name=value` of every cookie that an answer sets. */
export function cookiesOf(response: Response): string[] {
  return response.headers.getSetCookie().map((cookie) => cookie.split(";", 1)[0] ?? "");
}

/** Posts the sign-in form as the login page does. `cookie` is what the browser held before. */
export async function submitSignIn(
  app: RunningApp,
  account: Account,
  options: { readonly cookie?: string; readonly callbackUrl?: string; readonly csrfToken?: string } = {},
): Promise<Response> {
  const csrf = await fetch(`${app.url}/api/auth/csrf`);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const body = new URLSearchParams({
    ...account,
    csrfToken: options.csrfToken ?? csrfToken,
    callbackUrl: options.callbackUrl ?? "/desk",
    json: "true",
  });
  const cookie = [...cookiesOf(csrf), ...(options.cookie ? [options.cookie] : [])].join("; ");
  return fetch(`${app.url}/api/auth/callback/credentials`, {
    method: "POST",
    headers: { cookie, origin: app.url },
    body,
    redirect: "manual",
  });
}

/** The session cookie of somebody who signed in with their password. */
export async function signIn(app: RunningApp, account: Account): Promise<string> {
  const response = await submitSignIn(app, account);
  const session = cookiesOf(response).find((cookie) => cookie.includes("yingda.session="));
  if (!session) {
    throw new Error(`sign-in answered ${response.status}: ${await response.text()}`);
  }
  return session;
}

/** The token of a new visitor of a web channel. */
export async function visitorToken(app: RunningApp, channelId: string): Promise<string> {
  const response = await fetch(`${app.url}${startSession.path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ channelId }),
  });
  return startSession.result.parse(await response.json()).token;
}

/** The channel whose chat page /chat shows. */
export async function defaultChannel(app: RunningApp): Promise<string> {
  const page = await (await fetch(`${app.url}/chat`)).text();
  return /chn_[0-9a-z]{26}/.exec(page)?.[0] ?? "";
}
