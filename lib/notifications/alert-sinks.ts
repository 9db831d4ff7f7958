import { createHmac } from "node:crypto";
import { z } from "zod";
import { guardedFetch } from "@/lib/platform/http/guarded-fetch";
import type { SettingsOf } from "@/lib/settings/definition";
import type { alertSettings } from "./alert-settings-schema";
import { canMail, sendMail } from "./mail";

type Settings = SettingsOf<typeof alertSettings>;

export const SINKS = ["feishu", "dingtalk", "wecom", "mail"] as const;
export type Sink = (typeof SINKS)[number];

const PATIENCE_MS = 10_000;

const hmac = (key: string, text: string): string => createHmac("sha256", key).update(text).digest("base64");

/** A robot's own word for what went wrong. */
export class SinkRefused extends Error {}

/** All three answer 200 with a code of their own: 0 is success, whatever it is called. */
const answer = z.object({
  code: z.number().optional(),
  errcode: z.number().optional(),
  StatusCode: z.number().optional(),
  msg: z.string().optional(),
  errmsg: z.string().optional(),
});

async function post(address: string, body: unknown): Promise<void> {
  const response = await guardedFetch(address, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const told = answer.safeParse(await response.json().catch(() => undefined));
  const code = told.data?.code ?? told.data?.errcode ?? told.data?.StatusCode;
  if (!response.ok || code !== 0) {
    throw new SinkRefused(
      `${response.status} ${code ?? ""} ${told.data?.msg ?? told.data?.errmsg ?? ""}`.trim().slice(0, 200),
    );
  }
}

/** Feishu: the text to sign is the key, and what is signed is empty (its page on custom robots). */
function toFeishu({ feishuAddress, feishuSecret }: Settings, text: string, now: Date): Promise<void> {
  const timestamp = String(Math.floor(now.getTime() / 1_000));
  const signed = feishuSecret ? { timestamp, sign: hmac(`${timestamp}\n${feishuSecret}`, "") } : {};
  return post(feishuAddress, { ...signed, msg_type: "text", content: { text } });
}

/** DingTalk: time in milliseconds and signature go with the address. */
function toDingtalk({ dingtalkAddress, dingtalkSecret }: Settings, text: string, now: Date): Promise<void> {
  const url = new URL(dingtalkAddress);
  if (dingtalkSecret) {
    const timestamp = String(now.getTime());
    url.searchParams.set("timestamp", timestamp);
    url.searchParams.set("sign", hmac(dingtalkSecret, `${timestamp}\n${dingtalkSecret}`));
  }
  return post(url.toString(), { msgtype: "text", text: { content: text } });
}

function toWecom({ wecomAddress }: Settings, text: string): Promise<void> {
  return post(wecomAddress, { msgtype: "text", text: { content: text } });
}

function toMail(settings: Settings, text: string): Promise<void> {
  const [subject = ""] = text.split("\n", 1);
  return sendMail(settings, { to: settings.mailTo, subject, text });
}

/** The sinks that a merchant has filled in. */
export function sinksOf(settings: Settings): Sink[] {
  const filled: Record<Sink, boolean> = {
    feishu: settings.feishuAddress !== "",
    dingtalk: settings.dingtalkAddress !== "",
    wecom: settings.wecomAddress !== "",
    mail: canMail(settings) && settings.mailTo.length > 0,
  };
  return SINKS.filter((sink) => filled[sink]);
}

/** Says something in a group chat or by mail. @throws SinkRefused with the other side's words; any error of the network */
export function sendToSink(sink: Sink, settings: Settings, text: string, now: Date): Promise<void> {
  switch (sink) {
    case "feishu":
      return toFeishu(settings, text, now);
    case "dingtalk":
      return toDingtalk(settings, text, now);
    case "wecom":
      return toWecom(settings, text);
    default:
      return toMail(settings, text);
  }
}
