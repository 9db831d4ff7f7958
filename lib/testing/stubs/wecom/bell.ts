import { randomInt } from "node:crypto";
import type { RawRequest } from "@/lib/channels/adapter";
import { encryptEnvelope, platformSignature } from "@/lib/channels/platform-crypto/envelope";
import { cdata } from "@/lib/channels/platform-crypto/xml";
import type { KfStub } from "./kf-stub";

/** How often and how long WeCom tries (fact sheet 2.1). */
const TRIES = 3;
const PATIENCE_MS = 5_000;

export interface BellKeys {
  readonly corpId: string;
  readonly token: string;
  readonly encodingAesKey: string;
}

/** A callback as WeCom signs and encrypts it, with a nonce of its own. */
export function signCallback(keys: BellKeys, body: string, at: Date): RawRequest {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const nonce = String(randomInt(1, 2 ** 31));
  const encrypted = encryptEnvelope(keys.encodingAesKey, keys.corpId, body);
  const envelope = `<xml><ToUserName>${cdata(keys.corpId)}</ToUserName><AgentID>${cdata("")}</AgentID><Encrypt>${cdata(encrypted)}</Encrypt></xml>`;
  return {
    method: "POST",
    headers: { "content-type": "text/xml" },
    query: { msg_signature: platformSignature(keys.token, timestamp, nonce, encrypted), timestamp, nonce },
    body: Buffer.from(envelope),
  };
}

/** The words of a bell. */
export function bellOf(corpId: string, openKfId: string, token: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000);
  return `<xml><ToUserName>${cdata(corpId)}</ToUserName><CreateTime>${seconds}</CreateTime><MsgType>${cdata("event")}</MsgType><Event>${cdata("kf_msg_or_event")}</Event><Token>${cdata(token)}</Token><OpenKfId>${cdata(openKfId)}</OpenKfId></xml>`;
}

export interface BellTarget extends BellKeys {
  readonly stub: KfStub;
  /** Takes one callback: over HTTP, or straight into the endpoint. */
  readonly post: (query: URLSearchParams, body: string, signal: AbortSignal) => Promise<Response>;
}

/** A bell that has not been rung yet. */
export function newBell({ stub, corpId }: BellTarget): string {
  return bellOf(corpId, stub.account.openKfId, stub.log.bell(), new Date());
}

/**
 * Rings as WeCom does: up to three tries with fresh signatures until somebody answers 200.
 *
 * @param body a bell that was made before; a new one when absent
 * @returns whether somebody did
 */
export async function ring(target: BellTarget, body = newBell(target)): Promise<boolean> {
  const { post, ...keys } = target;
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const signed = signCallback(keys, body, new Date());
    const text = Buffer.from(signed.body).toString("utf8");
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const response = await post(new URLSearchParams(signed.query), text, signal).catch(() => undefined);
    if (response?.status === 200) {
      return true;
    }
  }
  return false;
}

/** A customer writes: it stands in the log before anybody is rung. @returns the platform's id of the message */
export function write(stub: KfStub, customer: string, fields: Readonly<Record<string, unknown>>): string {
  stub.log.said(customer);
  const { openKfId } = stub.account;
  return stub.log.append({ open_kfid: openKfId, external_userid: customer, origin: 3, ...fields }).msgid;
}

/** A customer says something. @returns the platform's id of the message */
export function writeText(stub: KfStub, customer: string, content: string): string {
  return write(stub, customer, { msgtype: "text", text: { content } });
}

/** Something happened to a customer's session. @returns the platform's id of the event */
export function happen(stub: KfStub, customer: string, event: Readonly<Record<string, unknown>>): string {
  const { openKfId } = stub.account;
  const told = { open_kfid: openKfId, external_userid: customer, ...event };
  return stub.log.append({ origin: 4, msgtype: "event", event: told }).msgid;
}

/** A customer opens the chat: with a code for a welcome where the rules give one. */
export function enter(stub: KfStub, customer: string): void {
  const code = stub.log.welcomeCode(customer);
  happen(stub, customer, {
    event_type: "enter_session",
    scene: "shop",
    scene_param: "a",
    ...(code && { welcome_code: code }),
  });
}
