import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { equalInConstantTime } from "@/lib/platform/crypto/sign";

const RANDOM_BYTES = 16;
const LENGTH_BYTES = 4;
/** Padding goes to 32 bytes here, not to the 16 of the cipher: OpenSSL's own padding has to stay off. */
const PAD_BLOCK = 32;
const CIPHER_BLOCK = 16;

/** Key of a console's EncodingAESKey (43 characters); undefined when it is no such key. */
function keyOf(encodingAesKey: string): Buffer | undefined {
  return /^[A-Za-z0-9+/]{43}$/.test(encodingAesKey) ? Buffer.from(`${encodingAesKey}=`, "base64") : undefined;
}

/**
 * SHA-1 over the values, sorted as text and joined: what WeChat and WeCom call `signature` (token, timestamp, nonce)
 * and `msg_signature` (the same with the ciphertext). Lower-case hex.
 */
export function platformSignature(...values: readonly string[]): string {
  // Compared by code unit, as the platforms do; localeCompare would order letters differently.
  const sorted = [...values].sort((one, other) => (one < other ? -1 : one > other ? 1 : 0));
  return createHash("sha1").update(sorted.join("")).digest("hex");
}

/** True when `given` is the signature of the values. An empty token signs nothing. */
export function isPlatformSignature(given: string | undefined, token: string, ...values: readonly string[]): boolean {
  return token !== "" && equalInConstantTime(given ?? "", platformSignature(token, ...values));
}

/** True when a timestamp (seconds, as text) is at most `seconds` away from now: what was recorded counts no more (T52). */
export function isRecent(timestamp: string | undefined, now: Date, seconds: number): boolean {
  return /^\d{1,12}$/.test(timestamp ?? "") && Math.abs(now.getTime() / 1000 - Number(timestamp)) <= seconds;
}

/**
 * Encrypts as WeChat and WeCom do: AES-256-CBC over 16 random bytes, length, text and receiver id.
 *
 * @param receiverId appid of the account, or corp id
 * @param random 16 bytes; only tests give their own
 * @throws Error when the key is not 43 characters
 */
export function encryptEnvelope(
  encodingAesKey: string,
  receiverId: string,
  text: string,
  random: Buffer = randomBytes(RANDOM_BYTES),
): string {
  const key = keyOf(encodingAesKey);
  if (!key) {
    throw new Error("the EncodingAESKey has to have 43 characters");
  }
  const message = Buffer.from(text);
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(message.length);
  const plain = Buffer.concat([random, length, message, Buffer.from(receiverId)]);
  const fill = PAD_BLOCK - (plain.length % PAD_BLOCK);
  const cipher = createCipheriv("aes-256-cbc", key, key.subarray(0, CIPHER_BLOCK)).setAutoPadding(false);
  return Buffer.concat([cipher.update(plain), cipher.update(Buffer.alloc(fill, fill)), cipher.final()]).toString(
    "base64",
  );
}

function unpad(plain: Buffer): Buffer | undefined {
  const fill = plain.at(-1) ?? 0;
  const padding = plain.subarray(plain.length - fill);
  const isWhole = fill >= 1 && fill <= PAD_BLOCK && fill <= plain.length && padding.every((byte) => byte === fill);
  return isWhole ? plain.subarray(0, plain.length - fill) : undefined;
}

/**
 * Decrypts what `encryptEnvelope` or the platform made.
 *
 * One answer for every kind of failure (key, base64, padding, length, receiver, broken text), so that nobody can ask
 * it questions; call it only after the signature held.
 *
 * @param receiverId the id that has to stand behind the text: a message for another app is refused
 * @returns the text, or undefined
 */
export function decryptEnvelope(encodingAesKey: string, receiverId: string, encrypted: string): string | undefined {
  const key = keyOf(encodingAesKey);
  const bytes = Buffer.from(encrypted, "base64");
  const isCiphertext = bytes.length >= PAD_BLOCK && bytes.length % CIPHER_BLOCK === 0;
  if (!key || receiverId === "" || !isCiphertext || bytes.toString("base64") !== encrypted) {
    return undefined;
  }
  const decipher = createDecipheriv("aes-256-cbc", key, key.subarray(0, CIPHER_BLOCK)).setAutoPadding(false);
  const content = unpad(Buffer.concat([decipher.update(bytes), decipher.final()]));
  const start = RANDOM_BYTES + LENGTH_BYTES;
  if (!content || content.length < start) {
    return undefined;
  }
  const end = start + content.readUInt32BE(RANDOM_BYTES);
  const receiver = content.subarray(end).toString("utf8");
  if (end > content.length || !equalInConstantTime(receiver, receiverId)) {
    return undefined;
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content.subarray(start, end));
  } catch {
    return undefined;
  }
}
