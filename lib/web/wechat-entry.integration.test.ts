import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { channels } from "@/db/schema/channels";
import { newId } from "@/lib/core/ids";
import { seal } from "@/lib/platform/crypto/seal";
import { hmacHex } from "@/lib/platform/crypto/sign";
import { APP_URL, type ApiFixture, createApiFixture } from "@/lib/testing/api-fixture";
import { type PlatformStub, startPlatformStub } from "@/lib/testing/stubs/wechat/platform-stub";
import { askWechat, receiveWechat, wechatIdentity } from "./wechat-entry";

const account = { appId: "wx1234567890abcdef", appSecret: "app secret of tests" };
const identitySecret = "identity secret of tests";
const WECHAT = "Mozilla/5.0 (iPhone) MicroMessenger/8.0";

let stub: PlatformStub;
let api: ApiFixture;
let webId: string;

beforeAll(async () => {
  stub = await startPlatformStub(account);
  vi.stubEnv("OUTGOING_ALLOW_HOSTS", new URL(stub.url).host);
  api = await createApiFixture();
  const { merchantId, channelId } = await api.desk.merchant();
  webId = channelId;
  const sealedSecrets = seal(JSON.stringify({ identitySecret }));
  await api.desk.db.update(channels).set({ sealedSecrets }).where(eq(channels.id, webId));
  await api.desk.db.insert(channels).values({
    id: newId("channel"),
    merchantId,
    type: "wechat",
    name: "公众号",
    config: { appId: account.appId, apiBase: stub.url },
    sealedSecrets: seal(JSON.stringify({ appSecret: account.appSecret })),
  });
});
afterAll(async () => {
  await api.end();
  await stub.stop();
});

const request = (path: string, headers: Record<string, string> = {}) =>
  new Request(`${APP_URL}${path}`, { headers: { "user-agent": WECHAT, ...headers } });
const cookiesOf = (response: Response | undefined) =>
  (response?.headers.getSetCookie() ?? []).map((each) => each.split(";", 1)[0] ?? "");

describe("the chat page inside WeChat", () => {
  it("asks who is looking, once, and knows them from then on without a trace in the address", async () => {
    const asking = await askWechat(request(`/chat?channel=${webId}`));
    const address = new URL(asking?.headers.get("location") ?? "");
    expect(address.searchParams.get("redirect_uri")).toBe(`${APP_URL}/chat/wechat?channel=${webId}`);
    const state = address.searchParams.get("state");
    const back = await receiveWechat(
      request(`/chat/wechat?channel=${webId}&code=oVisitor&state=${state}`, { cookie: cookiesOf(asking).join("; ") }),
    );
    expect(back.headers.get("location")).toBe(`/chat?channel=${webId}&wx=0`);
    const cookie = cookiesOf(back)
      .filter((each) => each.startsWith("yd_wechat="))
      .join("");
    const next = request(`/chat?channel=${webId}`, { cookie });
    expect(await askWechat(next)).toBeUndefined();
    expect(await wechatIdentity(next, webId)).toEqual({
      userId: "wechat:oVisitor",
      signature: hmacHex(identitySecret, "wechat:oVisitor"),
    });
    expect(await wechatIdentity(next, "chn_other")).toBeNull();
  });

  it("knows nobody by somebody else's code, a used code, or a cookie of one's own making", async () => {
    const path = `/chat/wechat?channel=${webId}&code=oThief&state=abc`;
    for (const cookie of ["", "yd_wechat_state=abd"]) {
      expect(cookiesOf(await receiveWechat(request(path, { cookie })))).toEqual([]);
    }
    const used = `/chat/wechat?channel=${webId}&code=used&state=abc`;
    expect(cookiesOf(await receiveWechat(request(used, { cookie: "yd_wechat_state=abc" })))).toEqual([]);
    expect(await wechatIdentity(request("/chat", { cookie: "yd_wechat=e30.x" }), webId)).toBeNull();
  });

  it("asks nobody outside of WeChat, nobody whom the merchant's own page has named, and not twice", async () => {
    expect(await askWechat(request(`/chat?channel=${webId}`, { "user-agent": "Mozilla/5.0" }))).toBeUndefined();
    expect(await askWechat(request(`/chat?channel=${webId}&user_id=7&signature=x`))).toBeUndefined();
    expect(await askWechat(request(`/chat?channel=${webId}&wx=0`))).toBeUndefined();
  });
});
