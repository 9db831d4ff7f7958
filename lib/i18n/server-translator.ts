import { messagesFor, type Namespace } from "./catalogue";
import type { Locale } from "./locales";
import { createTranslator, type Translate } from "./translate";

const translators = new Map<string, Translate>();

/**
 * The translator of one namespace for text that the server itself writes. Keys are dotted paths inside the namespace:
 * `serverTranslator("en", "errors")("unexpected")`.
 */
export function serverTranslator(locale: Locale, namespace: Namespace): Translate {
  const id = `${locale}/${namespace}`;
  let translate = translators.get(id);
  if (translate === undefined) {
    translate = createTranslator(locale, messagesFor(locale, [namespace])[namespace]);
    translators.set(id, translate);
  }
  return translate;
}
