import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { env } from "@/lib/platform/env/env";

/** HMAC-SHA256 in lower-case hex: identity verification, webhooks out, channel authorisation. */
export function hmacHex(secret: string, message: string | Uint8Array): string {
  return createHmac("sha256", secret).update(message).digest("hex");
}

/** SHA-256 in lower-case hex. */
export function sha256Hex(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/** Compares two texts in time that does not tell where they differ. */
export function equalInConstantTime(left: string, right: string): boolean {
  const a = createHash("sha256").update(left).digest();
  const b = createHash("sha256").update(right).digest();
  return timingSafeEqual(a, b) && left.length === right.length;
}

/**
 * What `X-Yingda-Signature` carries: `t=<unix seconds>,v1=<hex>` where v1 = HMAC-SHA256(secret, "<t>.<raw body>"), as
 * Stripe signs; one v1 for each secret, so that a receiver can change over to a new one.
 */
export function signedHeader(secrets: readonly string[], body: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000);
  return [`t=${seconds}`, ...secrets.map((secret) => `v1=${hmacHex(secret, `${seconds}.${body}`)}`)].join(",");
}

const envelope = z.object({ p: z.string(), e: z.number(), d: z.unknown() });

function mac(body: string): string {
  const secret = env().SIGNING_SECRET;
  if (secret === "") {
    throw new Error("SIGNING_SECRET is not set");
  }
  return createHmac("sha256", secret).update(body).digest("base64url");
}

/**
 * A signed statement by this installation, such as a visitor's session: `base64url(json).base64url(hmac)`.
 *
 * There is no algorithm field to be argued with (`alg: none`, T41), and `purpose` keeps a file address from being
 * used as a session.
 */
export function signToken(purpose: string, data: unknown, lifetimeSeconds: number, now: Date = new Date()): string {
  const body = Buffer.from(
    JSON.stringify({ p: purpose, e: Math.floor(now.getTime() / 1000) + lifetimeSeconds, d: data }),
  ).toString("base64url");
  return `${body}.${mac(body)}`;
}

/** Reads a token of `signToken` back. @returns undefined when it is forged, expired, or made for another purpose */
export function readToken<Shape extends z.ZodType>(
  purpose: string,
  token: string,
  shape: Shape,
  now: Date = new Date(),
): z.infer<Shape> | undefined {
  const [body, signature, rest] = token.split(".");
  if (!body || !signature || rest !== undefined || !equalInConstantTime(signature, mac(body))) {
    return undefined;
  }
  try {
    const parsed = envelope.parse(JSON.parse(Buffer.from(body, "base64url").toString("utf8")));
    if (parsed.p !== purpose || parsed.e * 1000 < now.getTime()) {
      return undefined;
    }
    const data = shape.safeParse(parsed.d);
    return data.success ? data.data : undefined;
  } catch {
    return undefined;
  }
}
