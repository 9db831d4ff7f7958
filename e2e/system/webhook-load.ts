import { execFile } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { Client } from "pg";
import { customerLedger } from "@/lib/testing/stubs/wechat/customer-ledger";
import { type PushTarget, push } from "@/lib/testing/stubs/wechat/follower";
import { signWebhook } from "@/public/sdk/yingda";
import type { RunningApp } from "./running-app";

const account = { appId: "wx1234567890abcdef", token: "tok_system" };
const encodingAesKey = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

/** A channel of the demo's shop, added as an operator does. */
async function addChannel(app: RunningApp, options: Readonly<Record<string, string>>) {
  const given = Object.entries({ ...options, data: app.dataDirectory }).flatMap(([name, value]) => [
    `--${name}`,
    value,
  ]);
  const command = ["scripts/yingda.mjs", "add_channel", ...given, "--json"];
  const { stdout } = await promisify(execFile)(process.execPath, command);
  return JSON.parse(stdout) as { webhook: string; issued?: Record<string, string> };
}

/** Takes one message of this number to a channel. @returns at which try it was acknowledged; 0 when it was not */
export type Post = (number: number) => Promise<number>;

/** WeChat with a user of this name: five seconds, three tries, and then it gives up. */
export async function wechatLine(app: RunningApp, name: string): Promise<Post> {
  const { webhook } = await addChannel(app, {
    type: "wechat",
    name: "WeChat",
    app_id: account.appId,
    app_secret: "a secret of tests",
    token: account.token,
    encoding_aes_key: encodingAesKey,
    // Nobody listens there: what comes in must not depend on what goes out.
    api_base: "http://127.0.0.1:9",
    set: "passiveWindow=0",
  });
  const post: PushTarget["post"] = (query, body, contentType, signal) =>
    fetch(`${app.url}${webhook}?${query}`, { method: "POST", headers: { "content-type": contentType }, body, signal });
  const target: PushTarget = {
    ...account,
    encodingAesKey,
    mode: "safe",
    ledger: customerLedger(Date.now, 5),
    post,
  };
  return async (number) => {
    const fields = { MsgType: "text", Content: `${name} ${number}`, MsgId: `${900_000_000 + number}` };
    const outcome = await push(target, name, fields);
    return outcome.kind === "accepted" ? outcome.tries : 0;
  };
}

/** An app that posts signed webhooks, and posts again what was not answered. */
export async function appLine(app: RunningApp, name: string): Promise<Post> {
  const { webhook, issued = {} } = await addChannel(app, { type: "api", name: "App" });
  return async (number) => {
    const body = JSON.stringify({ id: `${name}-${number}`, user_id: name, text: `${name} ${number}` });
    const headers = {
      "content-type": "application/json",
      "x-yingda-signature": await signWebhook(body, issued["signingSecret"] ?? ""),
    };
    const signal = AbortSignal.timeout(5_000);
    const response = await fetch(`${app.url}${webhook}`, { method: "POST", headers, body, signal }).catch(
      () => undefined,
    );
    return response?.status === 200 ? 1 : 0;
  };
}

/** Posts one message after the other until stopped; one that was not acknowledged is given up, as its sender would. */
export function keepPosting(post: Post, first: number): { acknowledged: number[]; stop(): Promise<void> } {
  const acknowledged: number[] = [];
  let stopped = false;
  const work = (async () => {
    for (let number = first; !stopped; number += 1) {
      if ((await post(number)) > 0) {
        acknowledged.push(number);
      } else {
        await pause(30);
      }
    }
  })();
  return {
    acknowledged,
    stop: async () => {
      stopped = true;
      await work;
    },
  };
}

/** The numbers that are stored as messages of this user. */
export async function storedNumbers(app: RunningApp, name: string): Promise<number[]> {
  const client = new Client({ connectionString: app.databaseUrl() });
  await client.connect();
  try {
    const { rows } = await client.query<{ text: string }>(
      `select m.text from messages m join conversations c on c.id = m.conversation_id
         join customer_identities i on i.id = c.identity_id
         where i.external_id = $1 and m.author_kind = 'visitor'`,
      [name],
    );
    return rows.map(({ text }) => Number(text.slice(name.length)));
  } finally {
    await client.end();
  }
}
