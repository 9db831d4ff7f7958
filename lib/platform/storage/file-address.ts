import { z } from "zod";
import { readToken, signToken } from "@/lib/platform/crypto/sign";

const HOUR_SECONDS = 3_600;
const LIFETIME_HOURS = 24;
const claim = z.object({ id: z.string() });

/**
 * The signed address of a file, good for 24 to 25 hours (T55: unguessable, expires).
 *
 * The end is rounded to the full hour so that the same picture has the same address for a while and the browser's
 * cache can serve it.
 */
export function fileAddress(fileId: string, now: Date): string {
  const hour = Math.floor(now.getTime() / 1000 / HOUR_SECONDS) * HOUR_SECONDS;
  const token = signToken("file", { id: fileId }, (LIFETIME_HOURS + 1) * HOUR_SECONDS, new Date(hour * 1000));
  return `/api/files/${fileId}?token=${token}`;
}

/** True when the token was signed for exactly this file and has not expired. */
export function isFileToken(fileId: string, token: string, now: Date): boolean {
  return readToken("file", token, claim, now)?.id === fileId;
}
