import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { connect } from "@/db/client";
import { newId } from "@/lib/core/ids";
import { entryInput } from "@/lib/knowledge/schema";
import { createEntry } from "@/lib/knowledge/service";
import { log } from "@/lib/platform/log/log";
import type { PushTarget } from "@/lib/testing/stubs/wechat/follower";
import { type PlatformStub, startPlatformStub } from "@/lib/testing/stubs/wechat/platform-stub";
import { databaseUrl } from "./own-shop";

const account = { appId: "wx1234567890abcdef", appSecret: "a secret of journeys" };
const token = "tok_journey";
const encodingAesKey = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

export interface WechatChannel {
  readonly stub: PlatformStub;
  readonly target: PushTarget;
}

/** Writes one published answer into a shop's knowledge. */
export async function teach(merchantId: string, question: string, answer: string): Promise<void> {
  const db = connect(databaseUrl(), 1);
  try {
    const context = {
      db,
      actor: { kind: "system", merchantId },
      requestId: newId("request"),
      now: () => new Date(),
      log: log(),
      ip: null,
      locale: "zh-CN",
    } as const;
    await createEntry(context, entryInput.parse({ question, answer, status: "published" }));
  } finally {
    await db.$client.end();
  }
}

/** A stub of WeChat's platform, and a channel of the shop that talks to it: added by the command line, as an operator does. */
export async function openWechatChannel(merchantSlug: string, appUrl: string): Promise<WechatChannel> {
  const stub = await startPlatformStub(account);
  const options = {
    type: "wechat",
    name: "WeChat",
    app_id: account.appId,
    app_secret: account.appSecret,
    token,
    encoding_aes_key: encodingAesKey,
    api_base: stub.url,
    merchant: merchantSlug,
    data: process.env["E2E_DATA_DIR"] ?? ".data",
  };
  const given = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  const { stdout } = await promisify(execFile)(process.execPath, [
    "scripts/yingda.mjs",
    "add_channel",
    ...given,
    "--json",
  ]);
  const { webhook } = JSON.parse(stdout) as { webhook: string };
  const post: PushTarget["post"] = (query, body, contentType, signal) =>
    fetch(`${appUrl}${webhook}?${query}`, { method: "POST", headers: { "content-type": contentType }, body, signal });
  return { stub, target: { appId: account.appId, token, encodingAesKey, mode: "safe", ledger: stub.ledger, post } };
}
