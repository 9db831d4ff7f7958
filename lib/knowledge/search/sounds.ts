import { pinyin } from "pinyin-pro";

const soundOfCharacter = new Map<string, string>();

/** Pinyin of one character without its tone; the character itself when it has none. */
export function soundOf(character: string): string {
  const known = soundOfCharacter.get(character);
  if (known !== undefined) {
    return known;
  }
  const sound = pinyin(character, { toneType: "none" });
  soundOfCharacter.set(character, sound);
  return sound;
}

/** Pinyin of Han text without tones, as it is typed: "退款" is "tuikuan". */
export function soundsOf(text: string): string {
  return Array.from(text, soundOf).join("");
}
