import type { Messages as CatalogueMessages } from "./catalogue";
import type { Locale as CatalogueLocale } from "./locales";

// Makes a misspelt message key a type error.
declare module "next-intl" {
  interface AppConfig {
    Locale: CatalogueLocale;
    Messages: CatalogueMessages;
  }
}
