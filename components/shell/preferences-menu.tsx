"use client";

import { Languages, Monitor, Moon, Sun, SunMoon } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { IconButton } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { PortalOutlet, PortalPlace } from "@/components/ui/portal-place";
import { LOCALE_NAMES, LOCALES, type Locale } from "@/lib/i18n/locales";
import { useCommand } from "./commands";
import { THEMES, type Theme } from "./theme";
import { useLanguage } from "./use-language";
import { useTheme } from "./use-theme";

const THEME_ICONS: Record<Theme, ReactNode> = {
  system: <Monitor aria-hidden />,
  light: <Sun aria-hidden />,
  dark: <Moon aria-hidden />,
};

/** Theme and language as lines of a menu; also used inside an account menu. */
export function PreferenceItems() {
  const t = useTranslations("shell");
  const { theme, setTheme } = useTheme();
  const { locale, setLocale } = useLanguage();
  return (
    <>
      <DropdownMenuLabel>{t("theme.label")}</DropdownMenuLabel>
      <DropdownMenuRadioGroup value={theme} onValueChange={(next) => setTheme(next as Theme)}>
        {THEMES.map((each) => (
          <DropdownMenuRadioItem key={each} value={each}>
            {THEME_ICONS[each]}
            {t(`theme.${each}`)}
          </DropdownMenuRadioItem>
        ))}
      </DropdownMenuRadioGroup>
      <DropdownMenuSeparator />
      <DropdownMenuLabel>{t("language")}</DropdownMenuLabel>
      <DropdownMenuRadioGroup value={locale} onValueChange={(next) => setLocale(next as Locale)}>
        {LOCALES.map((each) => (
          <DropdownMenuRadioItem key={each} value={each}>
            <Languages aria-hidden />
            <span lang={each}>{LOCALE_NAMES[each]}</span>
          </DropdownMenuRadioItem>
        ))}
      </DropdownMenuRadioGroup>
    </>
  );
}

/** The same in a menu of its own, for the header of a page without a shell: it stays inside that landmark. */
export function PreferencesMenu({ side = "bottom" }: { side?: "top" | "right" | "bottom" }) {
  const t = useTranslations("shell");
  return (
    <PortalPlace>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <IconButton label={t("preferences")}>
            <SunMoon aria-hidden />
          </IconButton>
        </DropdownMenuTrigger>
        <DropdownMenuContent side={side} align="end">
          <PreferenceItems />
        </DropdownMenuContent>
      </DropdownMenu>
      <span className="fixed">
        <PortalOutlet />
      </span>
    </PortalPlace>
  );
}

function ThemeCommand({ value }: { value: Theme }) {
  const t = useTranslations("shell");
  const { theme, setTheme } = useTheme();
  useCommand({
    label: `${t("theme.label")}: ${t(`theme.${value}`)}`,
    group: t("palette.appearance"),
    icon: THEME_ICONS[value],
    keywords: ["theme", value],
    enabled: theme !== value,
    run: () => setTheme(value),
  });
  return null;
}

function LanguageCommand({ value }: { value: Locale }) {
  const t = useTranslations("shell");
  const { locale, setLocale } = useLanguage();
  useCommand({
    label: LOCALE_NAMES[value],
    group: t("palette.appearance"),
    icon: <Languages aria-hidden />,
    keywords: ["language", value, t("language")],
    enabled: locale !== value,
    run: () => setLocale(value),
  });
  return null;
}

/** Theme and language in the command palette. */
export function PreferenceCommands() {
  return (
    <>
      {THEMES.map((theme) => (
        <ThemeCommand key={theme} value={theme} />
      ))}
      {LOCALES.map((locale) => (
        <LanguageCommand key={locale} value={locale} />
      ))}
    </>
  );
}
