import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { memoryTokens } from "@/lib/testing/memory-tokens";
import { type PlatformStub, startPlatformStub } from "@/lib/testing/stubs/wechat/platform-stub";
import { wechatAdapter } from "./adapter";
import { authorizeAddress, pageSignature, signPage, visitorOfCode } from "./page-access";

const account = { appId: "wx1234567890abcdef", appSecret: "app secret of tests" };
let stub: PlatformStub;
beforeAll(async () => {
  stub = await startPlatformStub(account);
});
afterAll(() => stub.stop());

const context = () => ({
  config: wechatAdapter.config.parse({ appId: account.appId, apiBase: stub.url }),
  secrets: { appSecret: account.appSecret },
  fetch,
  tokens: memoryTokens(),
  now: () => new Date(1_414_587_457_000),
  signal: AbortSignal.timeout(30_000),
});

describe("pages inside WeChat", () => {
  it("are signed as the official example says", () => {
    const ticket = "sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg";
    const url = "http://mp.weixin.qq.com?params=value";
    const signature = "0f9de62fce790f9a083d5c99e95740ceb90c27ed";
    expect(pageSignature(ticket, "Wm3WZYTPz0wzccnW", 1_414_587_457, url)).toBe(signature);
    expect(pageSignature(ticket, "Wm3WZYTPz0wzccnW", 1_414_587_457, `${url}#top`)).toBe(signature);
  });

  it("share one ticket, and are signed without what stands behind #", async () => {
    const shared = context();
    const [one, other] = await Promise.all([signPage(shared, "https://a.example/x#y"), signPage(shared, "https://b")]);
    expect(one).toMatchObject({ appId: account.appId, timestamp: 1_414_587_457, url: "https://a.example/x" });
    expect(one.nonceStr).not.toBe(other.nonceStr);
    expect(one.signature).toMatch(/^[0-9a-f]{40}$/);
  });

  it("know who opened them by a code that counts once", async () => {
    expect(await visitorOfCode(context(), "oVisitor")).toEqual({ openId: "oVisitor" });
    await expect(visitorOfCode(context(), "used")).rejects.toMatchObject({ name: "WeixinError", code: 40163 });
  });

  it("ask WeChat with the parameters in its order", () => {
    const config = wechatAdapter.config.parse({ appId: "wx1" });
    expect(authorizeAddress(config, "https://a.example/b?c=1", "s1")).toBe(
      "https://open.weixin.qq.com/connect/oauth2/authorize?appid=wx1&redirect_uri=https%3A%2F%2Fa.example%2Fb%3Fc%3D1&response_type=code&scope=snsapi_base&state=s1#wechat_redirect",
    );
  });
});
