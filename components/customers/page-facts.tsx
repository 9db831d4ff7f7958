"use client";

import { ExternalLink } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { useNow } from "@/components/ui/clock";
import { DateTime } from "@/components/ui/relative-time";
import type { Customer } from "@/lib/customers/schema";
import { formatDate } from "@/lib/i18n/format";
import { validTimeZone } from "@/lib/i18n/locales";
import { placeName } from "@/lib/i18n/place-name";
import { deviceName } from "./device-name";
import { Fact, PanelSection } from "./panel-section";

type PageContext = NonNullable<Customer["context"]>;

/** A web address that came from outside becomes a link only when it is one. */
function isWebAddress(value: string): boolean {
  return /^https?:\/\//i.test(value);
}

function PlaceName({ place }: { place: NonNullable<PageContext["place"]> }) {
  const words = useTranslations("places");
  const locale = useLocale();
  const name = placeName(`${place.country}/${place.region}`, locale, words as Parameters<typeof placeName>[2]);
  // Cities are known by their Chinese names only.
  return <>{locale === "zh-CN" && place.city && place.city !== `${name}市` ? `${name} ${place.city}` : name}</>;
}

function CurrentPage({ url, title }: { url: string; title: string | undefined }) {
  const t = useTranslations("desk.customer");
  return (
    <a
      href={url}
      target="_blank"
      rel="noopener noreferrer nofollow"
      title={url}
      className="flex min-h-7 items-center gap-1.5 text-sm text-accent-ink hover:underline"
    >
      <span className="min-w-0 truncate">{title || url}</span>
      <ExternalLink aria-hidden className="size-3.5 shrink-0" />
      <span className="sr-only">{t("openPage")}</span>
    </a>
  );
}

/** The clock where the customer is: nobody is called in the middle of their night. */
function LocalTime({ timeZone }: { timeZone: string }) {
  const locale = useLocale();
  const now = useNow();
  const isKnown = validTimeZone(timeZone) === timeZone;
  return <>{isKnown ? `${formatDate(now, "time", locale, timeZone)} · ${timeZone}` : timeZone}</>;
}

function LanguageName({ tag }: { tag: string }) {
  const locale = useLocale();
  try {
    return <>{new Intl.DisplayNames(locale, { type: "language" }).of(tag) ?? tag}</>;
  } catch {
    return <>{tag}</>;
  }
}

/** How many pages of a visit are shown before somebody asks for all. */
const FIRST_PAGES = 5;

/** The pages before the one they look at now, newest first. */
function PagesBefore({ pages }: { pages: Customer["pages"] }) {
  const t = useTranslations("desk.customer");
  const [all, setAll] = useState(false);
  const shown = all ? pages : pages.slice(0, FIRST_PAGES);
  return (
    <div className="pt-1.5">
      <h4 className="text-sm text-ink-muted">{t("pagesBefore")}</h4>
      <ol aria-label={t("pagesBefore")}>
        {shown.map(({ url, title, at }) => (
          <li key={url} className="flex min-h-7 items-center gap-3 text-sm">
            <a
              href={url}
              target="_blank"
              rel="noopener noreferrer nofollow"
              title={url}
              className="min-w-0 flex-1 truncate text-ink hover:text-accent-ink hover:underline"
            >
              {title || url}
            </a>
            <DateTime date={at} format="dayTime" className="shrink-0 text-xs text-ink-subtle" />
          </li>
        ))}
      </ol>
      {pages.length > FIRST_PAGES ? (
        <Button size="sm" variant="ghost" aria-expanded={all} onClick={() => setAll(!all)} className="-ml-2">
          {t(all ? "pagesFewer" : "pagesAll", { count: pages.length })}
        </Button>
      ) : null}
    </div>
  );
}

/** Which page the customer looks at, what led them there, with what, and where they are (V12). */
export function PageFacts({ context, pages }: { context: PageContext; pages: Customer["pages"] }) {
  const t = useTranslations("desk.customer");
  const { url, title, referrer, campaign, userAgent, screen, language, timeZone, place } = context;
  const led = [campaign?.source, campaign?.medium, campaign?.name].filter(Boolean).join(" · ");
  const device = userAgent ? deviceName(userAgent) : undefined;
  const facts = [
    referrer && { name: t("referrer"), value: <span className="line-clamp-1">{referrer}</span> },
    led && { name: t("campaign"), value: led },
    place && { name: t("place"), value: <PlaceName place={place} /> },
    timeZone && { name: t("localTime"), value: <LocalTime timeZone={timeZone} /> },
    language && { name: t("browserLanguage"), value: <LanguageName tag={language} /> },
    (device || screen) && {
      name: t("device"),
      value: <span title={userAgent}>{[device, screen].filter(Boolean).join(" · ")}</span>,
    },
  ].filter((fact) => typeof fact === "object");
  const before = pages.filter((page) => page.url !== url && isWebAddress(page.url));
  if (!url && facts.length === 0) {
    return null;
  }
  return (
    <PanelSection title={t("context")}>
      {url && isWebAddress(url) ? <CurrentPage url={url} title={title} /> : null}
      {before.length > 0 ? <PagesBefore pages={before} /> : null}
      <dl>
        {facts.map(({ name, value }) => (
          <Fact key={name} name={name}>
            {value}
          </Fact>
        ))}
      </dl>
    </PanelSection>
  );
}
