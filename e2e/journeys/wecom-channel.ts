import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { BellTarget } from "@/lib/testing/stubs/wecom/bell";
import { startKfStub } from "@/lib/testing/stubs/wecom/kf-stub";

const account = { corpId: "ww12345678910abcd", corpSecret: "a secret of journeys", openKfId: "wkJourney" };
const token = "kfJourney";
const encodingAesKey = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

/** A stub of WeCom, and a channel of the shop that talks to it: added by the command line, as an operator does. */
export async function openWecomChannel(merchantSlug: string, appUrl: string): Promise<BellTarget> {
  const stub = await startKfStub(account);
  const options = {
    type: "wecom",
    name: "WeCom",
    corp_id: account.corpId,
    app_secret: account.corpSecret,
    open_kfid: account.openKfId,
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
  const post: BellTarget["post"] = (query, body, signal) =>
    fetch(`${appUrl}${webhook}?${query}`, { method: "POST", headers: { "content-type": "text/xml" }, body, signal });
  return { stub, corpId: account.corpId, token, encodingAesKey, post };
}
