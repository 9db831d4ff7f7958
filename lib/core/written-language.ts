/** Scripts that tell a language by themselves, the rarer before the commoner: Japanese is full of Han characters. */
const BY_SCRIPT: readonly (readonly [language: string, letters: RegExp, share: number])[] = [
  ["ja", /[\p{Script=Hiragana}\p{Script=Katakana}]/gu, 0.1],
  ["ko", /\p{Script=Hangul}/gu, 0.2],
  ["th", /\p{Script=Thai}/gu, 0.2],
  ["ru", /\p{Script=Cyrillic}/gu, 0.3],
  ["ar", /\p{Script=Arabic}/gu, 0.3],
  ["he", /\p{Script=Hebrew}/gu, 0.3],
  ["hi", /\p{Script=Devanagari}/gu, 0.3],
  ["el", /\p{Script=Greek}/gu, 0.3],
];

/** Letters that Vietnamese alone has. */
const VIETNAMESE = /[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệịỉọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/giu;
const LETTER = /\p{L}/gu;
const HAN = /\p{Script=Han}/gu;
const LATIN_WORD = /\p{Script=Latin}+/gu;

/** Languages in Latin letters that are told apart by what the reader's browser says, not by their letters. */
const LATIN = new Set(["en", "fr", "de", "es", "pt", "it", "nl", "pl", "tr", "id", "ms", "sv", "vi", "cs"]);

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** The language of a tag such as `fr-CA`; every kind of Chinese is `zh-CN`. */
export function languageOfTag(tag: string): string {
  const language = tag.toLowerCase().split("-", 1)[0] ?? "";
  return language === "zh" ? "zh-CN" : language;
}

/**
 * A tag as texts are labelled with it: what is said of a country adds nothing (`en-US` is `en`, `zh` is `zh-CN`), but
 * traditional characters are told apart (`zh-TW`).
 */
export function contentTag(tag: string): string {
  return /^zh[-_](?:tw|hk|mo|hant)\b/i.test(tag) ? "zh-TW" : languageOfTag(tag.trim().replaceAll("_", "-"));
}

/**
 * The language in which a text is written, by its letters.
 *
 * @param wish what the writer's browser asks for: it tells languages in Latin letters apart
 * @returns `zh-CN`, or a language without region; undefined where the text has no letters
 */
export function writtenIn(text: string, wish?: string | null): string | undefined {
  const letters = count(text, LETTER);
  if (letters === 0) {
    return undefined;
  }
  const known = BY_SCRIPT.find(([, pattern, share]) => count(text, pattern) >= Math.max(1, letters * share));
  if (known) {
    return known[0];
  }
  const [han, words] = [count(text, HAN), count(text, LATIN_WORD)];
  if (han > 0 && han >= words) {
    return "zh-CN";
  }
  if (words === 0) {
    return undefined;
  }
  if (count(text, VIETNAMESE) >= Math.max(2, letters * 0.05)) {
    return "vi";
  }
  const wished = wish ? languageOfTag(wish) : "en";
  return LATIN.has(wished) ? wished : "en";
}
