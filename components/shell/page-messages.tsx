import { NextIntlClientProvider } from "next-intl";
import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { messagesFor, type Namespace } from "@/lib/i18n/catalogue";

const ALWAYS = ["common", "shell", "errors"] as const satisfies readonly Namespace[];

/**
 * Sends the browser the messages that the client components inside need: the three that every page has, and those
 * named. Nested ones replace the outer, so name all that the part needs. Server components need none of this.
 */
export async function PageMessages({
  namespaces = [],
  children,
}: {
  namespaces?: readonly Namespace[];
  children: ReactNode;
}) {
  const locale = await getLocale();
  return (
    <NextIntlClientProvider messages={messagesFor(locale, [...ALWAYS, ...namespaces])}>
      {children}
    </NextIntlClientProvider>
  );
}
