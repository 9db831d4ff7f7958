import { createHmac, randomBytes } from "node:crypto";

/** RFC 6238 as every authenticator app has it: SHA-1, six digits, a code each 30 seconds. */
const STEP_SECONDS = 30;
const DIGITS = 6;
const SECRET_BYTES = 20;
// RFC 4648 base32: what the apps take when the secret is typed.
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** A new shared secret in base32, 160 bits. */
export function newTotpSecret(): string {
  let bits = "";
  for (const byte of randomBytes(SECRET_BYTES)) {
    bits += byte.toString(2).padStart(8, "0");
  }
  return (bits.match(/.{5}/g) ?? []).map((five) => ALPHABET.charAt(Number.parseInt(five, 2))).join("");
}

function bytesOf(secret: string): Buffer {
  const bits = [...secret.toUpperCase()]
    .map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)));
}

/** The 30-second step that a moment lies in. */
export function totpStep(at: Date): number {
  return Math.floor(at.getTime() / 1_000 / STEP_SECONDS);
}

/** The code of a step (RFC 4226, 5.3: dynamic truncation). */
export function totpCode(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", bytesOf(secret)).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  const number = mac.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, "0");
}

/**
 * The step whose code this is: the current one or a neighbour, for clocks differ.
 *
 * @param lastStep the step that was taken last: it and earlier ones never count again
 * @returns undefined for a wrong, old or used code
 */
export function matchingStep(secret: string, code: string, at: Date, lastStep: number | null): number | undefined {
  const now = totpStep(at);
  return [now, now - 1, now + 1].find((step) => step > (lastStep ?? 0) && totpCode(secret, step) === code);
}

/** What an authenticator app reads from a link or a picture. */
export function totpAddress(secret: string, email: string, issuer: string): string {
  const label = encodeURIComponent(`${issuer}:${email}`);
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}`;
}
