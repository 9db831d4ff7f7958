import { maskPrivateData } from "@/lib/platform/text/private-data";

/** Longest text that is shown while it is written, in characters: its end, where the customer is. */
export const PREVIEW_MAX = 500;

/** Digits in a row, however they are grouped: a card or telephone number that is not finished yet. */
const LONG_NUMBER = /\d(?:[ -]?\d){6,}/gu;

/**
 * What an agent sees of a text that is not sent yet. Private data is hidden, also while it is half written: whoever
 * types a card number by mistake and deletes it has shown it to nobody.
 */
export function previewOfTyping(text: string): string {
  const end = Array.from(text).slice(-PREVIEW_MAX).join("");
  return maskPrivateData(end).replace(LONG_NUMBER, "•••");
}
