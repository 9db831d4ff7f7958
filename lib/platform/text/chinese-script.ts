import { Converter } from "opencc-js/t2cn";

const convert = Converter({ from: "t", to: "cn" });
const HAN = /[\u3400-\u9fff\uf900-\ufaff]/u;
const traditional = new Map<string, boolean>();

/** Whether the character has another form in simplified Chinese. */
function isTraditionalCharacter(character: string): boolean {
  let known = traditional.get(character);
  if (known === undefined) {
    known = HAN.test(character) && convert(character) !== character;
    traditional.set(character, known);
  }
  return known;
}

/** Number of characters that are written otherwise in simplified Chinese. */
export function traditionalCharacters(text: string): number {
  let count = 0;
  for (const character of text) {
    count += isTraditionalCharacter(character) ? 1 : 0;
  }
  return count;
}

/** The text in simplified Chinese. Most texts have nothing to convert: looking at each character is cheaper. */
export function simplified(text: string): string {
  for (const character of text) {
    if (isTraditionalCharacter(character)) {
      return convert(text);
    }
  }
  return text;
}
