import type { AdapterContext, RawRequest, Verification } from "../../adapter";
import {
  decryptEnvelope,
  encryptEnvelope,
  isPlatformSignature,
  isRecent,
  platformSignature,
} from "../../platform-crypto/envelope";
import { cdata, readXml, textAt, type XmlElement, type XmlValue } from "../../platform-crypto/xml";
import type { WeixinConfig } from "./schema";

/** Oldest and newest push that counts, in seconds: a recorded one cannot be used later (T52). */
export const REPLAY_WINDOW_SECONDS = 300;
const MAX_BODY_BYTES = 256 * 1024;

/** One push of WeChat, opened. */
export interface Push {
  readonly fields: XmlElement;
  readonly encrypted: boolean;
  readonly format: "xml" | "json";
}

/** Ids have more digits than a double holds: they are quoted before the JSON is read. */
const LONG_NUMBERS = /("(?:MsgId|MsgID|MsgDataId|CreateTime)"\s*:\s*)(\d+)/g;

function fromJson(value: unknown): XmlValue {
  if (Array.isArray(value)) {
    return value.map(fromJson);
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, fromJson(child)]));
  }
  return String(value ?? "");
}

function readJson(text: string): XmlElement | undefined {
  try {
    const value = fromJson(JSON.parse(text.replace(LONG_NUMBERS, '$1"$2"')));
    return typeof value === "object" && !Array.isArray(value) ? (value as XmlElement) : undefined;
  } catch {
    return undefined;
  }
}

function readFields(text: string): { fields: XmlElement; format: "xml" | "json" } | undefined {
  const format = text.startsWith("{") ? "json" : "xml";
  const fields = format === "json" ? readJson(text) : readXml(text);
  return fields && { fields, format };
}

function textOf(body: Uint8Array): string | undefined {
  try {
    // A byte order mark stays and is refused: the signature says nothing about it.
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return undefined;
  }
}

/**
 * Opens a push without looking at its signature: for what was verified before it was stored.
 *
 * @returns undefined for anything that is no push for this app
 */
export function readPush(request: RawRequest, context: AdapterContext<WeixinConfig>): Push | undefined {
  const text = request.body.byteLength > MAX_BODY_BYTES ? undefined : textOf(request.body);
  const outer = text === undefined ? undefined : readFields(text);
  if (!outer) {
    return undefined;
  }
  const encrypted = textAt(outer.fields, "Encrypt");
  if (encrypted === undefined) {
    return { ...outer, encrypted: false };
  }
  const opened = decryptEnvelope(context.secrets["encodingAesKey"] ?? "", context.config.appId, encrypted);
  const inner = opened === undefined ? undefined : readFields(opened);
  const receiver = textAt(outer.fields, "ToUserName");
  // In compatible mode the plain copy stands beside the ciphertext; only what is signed is read.
  return inner && (receiver === undefined || receiver === textAt(inner.fields, "ToUserName"))
    ? { fields: inner.fields, format: outer.format, encrypted: true }
    : undefined;
}

/** The key that all three tries of one message share: its id, or sender, time and kind for an event. */
export function replayKeyOf(fields: XmlElement): string {
  const id = textAt(fields, "MsgId") ?? textAt(fields, "MsgID");
  const isEvent = textAt(fields, "MsgType") === "event";
  if (id && !isEvent) {
    return `m:${id}`.slice(0, 200);
  }
  const names = ["FromUserName", "CreateTime", "MsgType", "Event", "EventKey", "MsgID"];
  return `e:${names.map((name) => textAt(fields, name) ?? "").join(":")}`.slice(0, 400);
}

function isSigned({ query }: RawRequest, token: string): boolean {
  return isPlatformSignature(query["signature"], token, query["timestamp"] ?? "", query["nonce"] ?? "");
}

function encryptedText(request: RawRequest): string | undefined {
  const text = request.body.byteLength > MAX_BODY_BYTES ? undefined : textOf(request.body);
  const outer = text === undefined ? undefined : readFields(text);
  return outer && textAt(outer.fields, "Encrypt");
}

const refused = { kind: "refused", reason: "signature" } as const;

/**
 * Verifies a request of WeChat: the console's check (GET), or a push in plain, compatible or safe mode.
 *
 * @param passiveFor the sender, where the push may be answered with a reply
 */
export function verifyPush(
  request: RawRequest,
  context: AdapterContext<WeixinConfig>,
  passiveFor: (push: Push) => string | undefined,
): Verification {
  const token = context.secrets["token"] ?? "";
  const { timestamp = "", nonce = "", echostr, msg_signature: over } = request.query;
  if (!isSigned(request, token)) {
    return refused;
  }
  if (request.method === "GET") {
    return echostr === undefined ? refused : { kind: "handshake", contentType: "text/plain", body: echostr };
  }
  if (!isRecent(timestamp, context.now(), REPLAY_WINDOW_SECONDS)) {
    return refused;
  }
  const encrypted = encryptedText(request);
  const isSealed = encrypted !== undefined;
  if (isSealed ? !isPlatformSignature(over, token, timestamp, nonce, encrypted) : context.config.requireEncryption) {
    return refused;
  }
  const push = readPush(request, context);
  const sender = push && textAt(push.fields, "FromUserName");
  if (!push || sender === undefined) {
    return refused;
  }
  const awaiting = passiveFor(push);
  return {
    kind: "accepted",
    replayKey: replayKeyOf(push.fields),
    sender: sender.slice(0, 128),
    ...(awaiting !== undefined && { passiveFor: awaiting }),
    // A plain push signs its time alone; whoever saw one could write another under it.
    ...(!isSealed && { nonce: `${timestamp}:${nonce}` }),
  };
}

/** A passive text reply for a push: sender and receiver swapped, encrypted when the push was (fact sheet 1.2, 1.5). */
export function encodeReply(
  request: RawRequest,
  text: string,
  context: AdapterContext<WeixinConfig>,
): { contentType: string; body: string } | undefined {
  const push = readPush(request, context);
  if (!push) {
    return undefined;
  }
  const to = textAt(push.fields, "FromUserName") ?? "";
  const from = textAt(push.fields, "ToUserName") ?? "";
  const seconds = Math.floor(context.now().getTime() / 1000);
  const json = push.format === "json";
  const plain = json
    ? JSON.stringify({ ToUserName: to, FromUserName: from, CreateTime: seconds, MsgType: "text", Content: text })
    : `<xml><ToUserName>${cdata(to)}</ToUserName><FromUserName>${cdata(from)}</FromUserName><CreateTime>${seconds}</CreateTime><MsgType>${cdata("text")}</MsgType><Content>${cdata(text)}</Content></xml>`;
  const contentType = json ? "application/json" : "text/xml";
  if (!push.encrypted) {
    return { contentType, body: plain };
  }
  const nonce = request.query["nonce"] ?? String(seconds);
  const sealed = encryptEnvelope(context.secrets["encodingAesKey"] ?? "", context.config.appId, plain);
  const signature = platformSignature(context.secrets["token"] ?? "", String(seconds), nonce, sealed);
  const body = json
    ? JSON.stringify({ Encrypt: sealed, MsgSignature: signature, TimeStamp: seconds, Nonce: nonce })
    : `<xml><Encrypt>${cdata(sealed)}</Encrypt><MsgSignature>${cdata(signature)}</MsgSignature><TimeStamp>${seconds}</TimeStamp><Nonce>${cdata(nonce)}</Nonce></xml>`;
  return { contentType, body };
}
