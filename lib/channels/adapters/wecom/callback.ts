import { sha256Hex } from "@/lib/platform/crypto/sign";
import type { RawRequest, Verification } from "../../adapter";
import { decryptEnvelope, isPlatformSignature, isRecent } from "../../platform-crypto/envelope";
import { readXml, textAt, type XmlElement } from "../../platform-crypto/xml";
import type { WecomContext } from "./platform";

/** Oldest and newest callback that counts, in seconds (T52). */
export const REPLAY_WINDOW_SECONDS = 300;
const MAX_BODY_BYTES = 256 * 1024;

const refused = { kind: "refused", reason: "signature" } as const;

function outerOf(body: Uint8Array): XmlElement | undefined {
  if (body.byteLength > MAX_BODY_BYTES) {
    return undefined;
  }
  try {
    // A byte order mark stays and is refused: the signature says nothing about it.
    return readXml(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body));
  } catch {
    return undefined;
  }
}

const open = (context: WecomContext, encrypted: string): string | undefined =>
  decryptEnvelope(context.secrets["encodingAesKey"] ?? "", context.config.corpId, encrypted);

/** Opens a callback without looking at its signature: for what was verified before it was stored. */
export function readCallback(
  request: RawRequest,
  context: WecomContext,
): { readonly fields: XmlElement; readonly text: string } | undefined {
  const outer = outerOf(request.body);
  const text = outer && open(context, textAt(outer, "Encrypt") ?? "");
  const fields = text === undefined ? undefined : readXml(text);
  const receiver = outer && textAt(outer, "ToUserName");
  return fields && text !== undefined && (receiver === undefined || receiver === textAt(fields, "ToUserName"))
    ? { fields, text }
    : undefined;
}

/** Verifies the console's check (GET, `echostr` encrypted) or a callback (POST, always encrypted); fact sheet 2.1. */
export function verifyCallback(request: RawRequest, context: WecomContext): Verification {
  const token = context.secrets["token"] ?? "";
  const { timestamp = "", nonce = "", msg_signature: signature } = request.query;
  // A plus that nobody escaped was read as a space; base64 has none.
  const echostr = request.query["echostr"]?.replaceAll(" ", "+");
  const outer = request.method === "GET" ? undefined : outerOf(request.body);
  const encrypted = request.method === "GET" ? echostr : outer && textAt(outer, "Encrypt");
  if (encrypted === undefined || !isPlatformSignature(signature, token, timestamp, nonce, encrypted)) {
    return refused;
  }
  if (request.method === "GET") {
    const body = open(context, encrypted);
    return body === undefined ? refused : { kind: "handshake", contentType: "text/plain", body };
  }
  const callback = isRecent(timestamp, context.now(), REPLAY_WINDOW_SECONDS) && readCallback(request, context);
  // The platform's second and third try encrypt the same words anew: those are what makes them one.
  return callback ? { kind: "accepted", replayKey: `b:${sha256Hex(callback.text)}` } : refused;
}
