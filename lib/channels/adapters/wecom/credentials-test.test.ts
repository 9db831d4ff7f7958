import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { memoryTokens } from "@/lib/testing/memory-tokens";
import { type KfStub, startKfStub } from "@/lib/testing/stubs/wecom/kf-stub";
import { adviceOf } from "../../test-advice";
import { wecomAdapter } from "./adapter";
import { type WecomConfig, wecomConfig } from "./schema";

const account = { corpId: "ww12345678910abcd", corpSecret: "corp secret", openKfId: "wkAJ2GCAAASSm4" };
const secrets = { corpSecret: account.corpSecret, token: "t", encodingAesKey: "k" };
const LIST = "/cgi-bin/kf/account/list";
const TOKEN = "/cgi-bin/gettoken";

let stub: KfStub;

beforeAll(async () => {
  stub = await startKfStub(account);
});

afterAll(() => stub.stop());
beforeEach(() => stub.expireTokens());

async function found(
  given: { config?: Partial<WecomConfig>; secrets?: Record<string, string>; patience?: number } = {},
) {
  const { corpId, openKfId } = account;
  const outcome = await wecomAdapter.test?.({
    config: wecomConfig.parse({ corpId, openKfId, apiBase: stub.url, ...given.config }),
    secrets: { ...secrets, ...given.secrets },
    fetch,
    tokens: memoryTokens(),
    now: () => new Date(),
    signal: AbortSignal.timeout(given.patience ?? 30_000),
  });
  if (!outcome) {
    throw new Error("WeCom has a test");
  }
  return { ...outcome, advice: adviceOf("zh-CN", "wecom", outcome) };
}

describe("testing a WeCom channel", () => {
  it("works with the account's name, and tells what is missing", async () => {
    expect(await found()).toMatchObject({ kind: "works", detail: "客服小店" });
    expect(await found({ config: { corpId: "" }, secrets: { token: "" } })).toMatchObject({
      finding: "incomplete",
      detail: "corpId, token",
    });
  });

  it("believes no token that is held: a secret that was changed wrongly is found out", async () => {
    expect(await found()).toMatchObject({ kind: "works" });
    expect(await found({ secrets: { corpSecret: "mistyped" } })).toMatchObject({
      finding: "credentials_refused",
      advice: expect.stringContaining("Secret 不对"),
    });
    expect(await found({ config: { corpId: "ww0" } })).toMatchObject({
      finding: "credentials_refused",
      advice: expect.stringContaining("企业 ID 不对"),
    });
    expect(await found({ config: { openKfId: "wkOther" } })).toMatchObject({
      finding: "not_permitted",
      detail: "wkOther",
      advice: expect.stringContaining("通过 API 管理"),
    });
  });

  it.each([
    [TOKEN, { errcode: 60020, errmsg: "not allow to access from your ip" }, "address_not_listed", "可信 IP"],
    [LIST, { errcode: 48002 }, "not_permitted", "可调用接口的应用"],
    [LIST, { errcode: 95017 }, "not_permitted", "接口开关"],
    [LIST, { errcode: 95012 }, "not_permitted", "还没有启用"],
    [LIST, { errcode: 45009 }, "platform_error", "过一会儿"],
    [LIST, { errcode: -1 }, "platform_error", "正忙"],
    [LIST, { errcode: 99_999 }, "platform_error", null],
    [LIST, { status: 200, body: "<html>登录</html>" }, "platform_error", null],
    [LIST, { status: 200, body: '{"errcode":' }, "platform_error", null],
    [LIST, { status: 429, body: "" }, "platform_error", null],
    [LIST, { status: 503, body: "" }, "platform_error", null],
    [LIST, { status: 401, body: "" }, "credentials_refused", null],
    [TOKEN, "cut", "unreachable", null],
    [TOKEN, "silence", "unreachable", null],
  ] as const)("%s answering %j is told as %s, with what to do", async (path, trouble, finding, advice) => {
    stub.trouble(path, trouble);
    const outcome = await found({ patience: trouble === "silence" ? 200 : 30_000 });
    expect(outcome).toMatchObject({ kind: "broken", finding });
    expect(outcome.advice).toEqual(advice === null ? null : expect.stringContaining(advice));
    expect(JSON.stringify(outcome)).not.toContain(account.corpSecret);
  });
});
