import { randomInt } from "node:crypto";
import type { RawRequest } from "@/lib/channels/adapter";
import { encryptEnvelope, platformSignature } from "@/lib/channels/platform-crypto/envelope";

export type PushMode = "plain" | "compatible" | "safe";

export interface PushToSign {
  /** The plain XML or JSON. */
  readonly body: string;
  readonly mode: PushMode;
  readonly at: Date;
  readonly appId: string;
  readonly token: string;
  readonly encodingAesKey: string;
}

/** A push as WeChat sends it in one of its three modes, with a time stamp, a nonce and signatures of its own. */
export function signPush({ body, mode, at, appId, token, encodingAesKey }: PushToSign): RawRequest {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const nonce = String(randomInt(1, 2 ** 31));
  const signature = platformSignature(token, timestamp, nonce);
  const json = body.startsWith("{");
  const headers = { "content-type": json ? "application/json" : "text/xml" };
  if (mode === "plain") {
    return { method: "POST", headers, query: { signature, timestamp, nonce }, body: Buffer.from(body) };
  }
  const encrypted = encryptEnvelope(encodingAesKey, appId, body);
  const query = {
    signature,
    timestamp,
    nonce,
    encrypt_type: "aes",
    msg_signature: platformSignature(token, timestamp, nonce, encrypted),
  };
  return { method: "POST", headers, query, body: Buffer.from(envelopeOf(body, encrypted, mode)) };
}

function envelopeOf(body: string, encrypted: string, mode: PushMode): string {
  if (body.startsWith("{")) {
    const plain = mode === "compatible" ? body.slice(1, -1) : /"ToUserName":"[^"]*"/.exec(body)?.[0];
    return `{${plain},"Encrypt":"${encrypted}"}`;
  }
  const plain =
    mode === "compatible"
      ? body.slice("<xml>".length, -"</xml>".length)
      : /<ToUserName>.*?<\/ToUserName>/.exec(body)?.[0];
  return `<xml>${plain}<Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`;
}
