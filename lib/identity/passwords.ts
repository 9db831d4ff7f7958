import { randomInt } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";

// OWASP's minimum for argon2id: 19 MiB, two passes. More memory would let a handful of sign-ins starve two cores.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
// Easily told apart when read aloud or copied from paper: no 0 O 1 l I.
const READABLE = "23456789abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ";
const GENERATED_LENGTH = 14;

/** argon2id hash of a password, with its parameters inside. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, COST);
}

let decoy: Promise<string> | undefined;

/**
 * Checks a password. With no stored hash (unknown account) it still does the work against a decoy, so that the time
 * does not tell whether an account exists (T44).
 */
export async function passwordMatches(stored: string | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword("no account has this password");
  // A stored value that is no hash (an account that may only sign in elsewhere) matches nothing.
  const matches = await verify(stored ?? (await decoy), password).catch(() => false);
  return stored !== undefined && matches;
}

/** A random password that a person can type from paper: 14 characters, about 80 bits. */
export function generatePassword(): string {
  return Array.from({ length: GENERATED_LENGTH }, () => READABLE.charAt(randomInt(READABLE.length))).join("");
}
