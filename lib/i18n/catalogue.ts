import type { Locale } from "./locales";
import authEnglish from "./messages/en/auth.json";
import commonEnglish from "./messages/en/common.json";
import errorsEnglish from "./messages/en/errors.json";
import noticesEnglish from "./messages/en/notices.json";
import shellEnglish from "./messages/en/shell.json";
import authChinese from "./messages/zh-CN/auth.json";
import commonChinese from "./messages/zh-CN/common.json";
import errorsChinese from "./messages/zh-CN/errors.json";
import noticesChinese from "./messages/zh-CN/notices.json";
import shellChinese from "./messages/zh-CN/shell.json";

const chinese = {
  auth: authChinese,
  common: commonChinese,
  errors: errorsChinese,
  notices: noticesChinese,
  shell: shellChinese,
};

/** All messages of one language, by namespace. zh-CN is written first, so its shape is everybody's. */
export type Messages = typeof chinese;

export type Namespace = keyof Messages;

const english: Messages = {
  auth: authEnglish,
  common: commonEnglish,
  errors: errorsEnglish,
  notices: noticesEnglish,
  shell: shellEnglish,
};

/**
 * Every namespace in every language, imported by name so that each bundler includes them. A new namespace is one
 * import and one line per language here; catalogue.test.ts fails while a file is missing.
 */
export const catalogue: Record<Locale, Messages> = { "zh-CN": chinese, en: english };

/** The messages of some namespaces, keyed by namespace. Server only: a browser gets just what its page asks for. */
export function messagesFor<Name extends Namespace>(locale: Locale, namespaces: readonly Name[]): Pick<Messages, Name> {
  const all = catalogue[locale];
  return Object.fromEntries(namespaces.map((namespace) => [namespace, all[namespace]])) as Pick<Messages, Name>;
}
