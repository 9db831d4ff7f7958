import { expect, it } from "vitest";
import { matchingStep, newTotpSecret, totpAddress, totpCode, totpStep } from "./totp";

// RFC 6238 appendix B, SHA-1 with the secret "12345678901234567890"; six of its eight digits.
const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const VECTORS: readonly (readonly [seconds: number, code: string])[] = [
  [59, "287082"],
  [1_111_111_109, "081804"],
  [1_234_567_890, "005924"],
  [20_000_000_000, "353130"],
];

it.each(VECTORS)("RFC 6238: the code at %i seconds", (seconds, code) => {
  expect(totpCode(SECRET, totpStep(new Date(seconds * 1_000)))).toBe(code);
});

it("takes the neighbours' codes for clocks that differ, and none twice", () => {
  const at = new Date(59_000);
  const step = totpStep(at);
  expect(matchingStep(SECRET, totpCode(SECRET, step + 1), at, null)).toBe(step + 1);
  expect(matchingStep(SECRET, totpCode(SECRET, step + 2), at, null)).toBeUndefined();
  expect(matchingStep(SECRET, totpCode(SECRET, step), at, step)).toBeUndefined();
  expect(matchingStep(SECRET, "000000", at, null)).toBeUndefined();
});

it("makes secrets that apps take: 32 letters of base32, each time others, in an address with issuer", () => {
  const secret = newTotpSecret();
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  expect(newTotpSecret()).not.toBe(secret);
  expect(totpAddress(secret, "a b@example.test", "应答")).toContain(`secret=${secret}&issuer=%E5%BA%94%E7%AD%94`);
});
