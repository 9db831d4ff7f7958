import { expect } from "vitest";
import { createProviderOperation } from "@/lib/bot/provider-operations";
import { createEntryOperation } from "@/lib/knowledge/operations";
import { type OpenAiServer, startOpenAiServer } from "./stubs/openai";
import { WechatFixture } from "./wechat-fixture";

export const QUESTION = "怎么申请退款？";
export const ANSWER = "在「我的订单」里点「申请退款」，审核通过后原路退回。";

/** A WeChat channel whose bot knows one answer and asks a model for its words. */
export interface WechatWithModel {
  readonly wechat: WechatFixture;
  readonly model: OpenAiServer;
  end(): Promise<void>;
}

/** @param firstTextMs how long the model's first word may take; absent: as a merchant gets it who touches nothing */
export async function startWechatWithModel(firstTextMs?: number): Promise<WechatWithModel> {
  const model = await startOpenAiServer();
  const wechat = await WechatFixture.create([new URL(model.baseUrl).host]);
  const { as } = await wechat.api.signedIn(wechat.merchantId, "admin");
  const body = {
    kind: "openai",
    name: "model",
    baseUrl: model.baseUrl,
    model: "m",
    apiKey: "k",
    ...(firstTextMs !== undefined && { options: { firstTextMs } }),
  };
  expect((await wechat.api.call(createProviderOperation, { as, body })).status).toBe(201);
  const entry = { question: QUESTION, answer: ANSWER, status: "published" };
  expect((await wechat.api.call(createEntryOperation, { as, body: entry })).status).toBe(201);
  return {
    wechat,
    model,
    end: async () => {
      await wechat.end();
      await model.stop();
    },
  };
}
