import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { env } from "@/lib/platform/env/env";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

function key(): Buffer {
  const configured = Buffer.from(env().ENCRYPTION_KEY, "base64");
  if (configured.length === 32) {
    return configured;
  }
  if (env().ENCRYPTION_KEY === "") {
    throw new Error("ENCRYPTION_KEY is not set: 32 random bytes in base64");
  }
  return createHash("sha256").update(env().ENCRYPTION_KEY).digest();
}

/** Encrypts a secret for the database (AES-256-GCM); `v1.` names the scheme so that it can change later. */
export function seal(plain: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key(), nonce);
  const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return `v1.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64url")}`;
}

/** Opens what `seal` made. @throws Error when the text was changed or sealed with another key */
export function unseal(sealed: string): string {
  if (!sealed.startsWith("v1.")) {
    throw new Error("sealed value of an unknown scheme");
  }
  const bytes = Buffer.from(sealed.slice(3), "base64url");
  const decipher = createDecipheriv("aes-256-gcm", key(), bytes.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString("utf8");
}
