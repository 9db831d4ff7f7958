/** Languages that entries and prepared texts are written in; the names are messages of `common.languages`. */
export const CONTENT_LANGUAGES = ["zh-CN", "en"] as const;

export type ContentLanguage = (typeof CONTENT_LANGUAGES)[number];

export function isContentLanguage(value: string): value is ContentLanguage {
  return CONTENT_LANGUAGES.some((language) => language === value);
}
