import { equalInConstantTime, hmacHex, signedHeader } from "@/lib/platform/crypto/sign";
import type { AdapterContext, RawRequest } from "../../adapter";
import { secretsInForce } from "../../secret-overlap";

/** Oldest and newest signature that counts, in seconds: a recorded request cannot be replayed later. */
const REPLAY_WINDOW_SECONDS = 300;
const HEADER = /^t=(\d{1,12})((?:,v1=[0-9a-f]{64}){1,4})$/;

/** The channel's signing secrets that count now: the newest first, and for a day the one before it. */
export const signingSecrets = ({ secrets, now }: Pick<AdapterContext, "secrets" | "now">): readonly string[] =>
  secretsInForce(secrets, "signingSecret", now());

/** The header of a signed payload, by each secret that counts, the newest first. */
export function signApiPayload(secrets: string | readonly string[], body: string, at: Date): string {
  return signedHeader([secrets].flat(), body, at);
}

/** True when one of the signatures in the header was made with a secret that counts, not long ago. */
export function isSigned(request: RawRequest, secrets: readonly string[], now: Date): boolean {
  const [, seconds, given] = HEADER.exec(request.headers["x-yingda-signature"] ?? "") ?? [];
  if (!seconds || !given) {
    return false;
  }
  const age = Math.abs(now.getTime() / 1000 - Number(seconds));
  // Over the bytes as they came: decoded, a byte order mark and broken characters would vanish or look alike.
  const signed = Buffer.concat([Buffer.from(`${seconds}.`), request.body]);
  const expected = secrets.map((secret) => hmacHex(secret, signed));
  const signatures = given.split(",v1=").filter(Boolean);
  // Every pair is compared: how long it takes tells nothing of which one fits.
  const fits = signatures.map((signature) =>
    expected.map((hex) => equalInConstantTime(signature, hex)).some((equal) => equal),
  );
  return age <= REPLAY_WINDOW_SECONDS && fits.some((fit) => fit);
}
