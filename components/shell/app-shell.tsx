import { cookies } from "next/headers";
import { getNow, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { PortalOutlet } from "@/components/ui/portal-place";
import type { Namespace } from "@/lib/i18n/catalogue";
import { AppProviders } from "./app-providers";
import type { NavigationItem } from "./navigation";
import { NavigationCommands } from "./navigation-commands";
import { NavigationRail } from "./navigation-rail";
import { PageMessages } from "./page-messages";
import { PhoneNavigation } from "./phone-navigation";
import { RAIL_COOKIE } from "./theme";

export interface AppShellProps {
  /** The merchant's name, or the product's. */
  title: string;
  navigation: readonly NavigationItem[];
  /** Message namespaces that client components inside use, beside common, shell and errors. */
  namespaces: readonly Namespace[];
  /** Above the page, also on a phone: breadcrumbs, page actions. Left out on the desk, which needs the height. */
  topBar?: ReactNode;
  /** The agent's own state, always in sight: in the rail, and at the top on a phone. */
  status?: ReactNode;
  /** The account menu. */
  account?: ReactNode;
  /** A line across the top: offline, licence, maintenance. */
  banner?: ReactNode;
  /** Starts with a narrow rail unless the person chose otherwise: for pages that need their columns. */
  preferNarrowRail?: boolean;
  children: ReactNode;
}

/**
 * The frame of desk and admin pages: rail from 768 px, bottom bar below, slots around the page. The page fills what is
 * left and scrolls inside: give its root `h-full overflow-auto`, or columns that scroll each by itself.
 */
export async function AppShell({
  title,
  navigation,
  namespaces,
  topBar,
  status,
  account,
  banner,
  preferNarrowRail = false,
  children,
}: AppShellProps) {
  const [jar, now, t] = await Promise.all([cookies(), getNow(), getTranslations("shell")]);
  const rail = jar.get(RAIL_COOKIE)?.value;
  const narrow = rail === undefined ? preferNarrowRail : rail === "narrow";
  return (
    <PageMessages namespaces={namespaces}>
      <AppProviders now={now.getTime()}>
        <a
          href="#content"
          className="sr-only z-60 rounded-sm bg-accent px-3 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
        >
          {t("skipToContent")}
        </a>
        <NavigationCommands items={navigation} />
        <div className="flex h-dvh overflow-hidden">
          <NavigationRail items={navigation} title={title} initiallyNarrow={narrow} status={status} account={account} />
          <div className="flex min-w-0 flex-1 flex-col">
            {banner}
            <header className="shrink-0">
              {status || account ? (
                <div className="flex h-12 items-center justify-between gap-2 border-b border-line bg-surface px-3 md:hidden">
                  <span className="min-w-0 truncate font-semibold">{title}</span>
                  <div className="flex items-center gap-1">
                    {status}
                    {account}
                  </div>
                </div>
              ) : null}
              {topBar ? (
                <div className="flex min-h-12 items-center gap-3 border-b border-line bg-surface px-4">{topBar}</div>
              ) : null}
            </header>
            <main id="content" tabIndex={-1} className="min-h-0 flex-1 overflow-hidden">
              {children}
              <PortalOutlet />
            </main>
            <PhoneNavigation items={navigation} />
          </div>
        </div>
      </AppProviders>
    </PageMessages>
  );
}
