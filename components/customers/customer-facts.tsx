"use client";

import { ExternalLink, ShieldCheck } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { DateTime, RelativeTime } from "@/components/ui/relative-time";
import type { Customer } from "@/lib/customers/schema";
import { formatMoney, formatNumber } from "@/lib/i18n/format";
import { placeName } from "@/lib/i18n/place-name";
import { Fact, PanelSection } from "./panel-section";

/** Amounts are kept in fen. */
const MINOR_UNITS = 100;
const CURRENCY = "CNY";

export function OrderFacts({ customer }: { customer: Customer }) {
  const t = useTranslations("desk.customer");
  const locale = useLocale();
  return (
    <PanelSection title={t("orders")}>
      <dl>
        <Fact name={t("totalOrders")}>{formatNumber(customer.totalOrders, locale)}</Fact>
        <Fact name={t("totalSpent")}>{formatMoney(customer.totalSpentMinor / MINOR_UNITS, CURRENCY, locale)}</Fact>
        <Fact name={t("lastPurchase")}>
          {customer.lastPurchaseAt === null ? t("never") : <DateTime date={customer.lastPurchaseAt} format="date" />}
        </Fact>
        <Fact name={t("satisfaction")}>
          {customer.satisfactionScore === null
            ? t("never")
            : t("stars", { stars: Math.round(customer.satisfactionScore * 10) / 10 })}
        </Fact>
      </dl>
    </PanelSection>
  );
}

export function VisitFacts({ customer }: { customer: Customer }) {
  const t = useTranslations("desk.customer");
  return (
    <dl>
      <Fact name={t("lastSeen")}>
        {customer.lastSeenAt === null ? t("never") : <RelativeTime date={customer.lastSeenAt} />}
      </Fact>
      <Fact name={t("firstSeen")}>
        <DateTime date={customer.createdAt} format="date" />
      </Fact>
      {customer.locale === null ? null : <Fact name={t("language")}>{customer.locale}</Fact>}
    </dl>
  );
}

/** A web address that came from outside becomes a link only when it is one. */
function isWebAddress(value: string): boolean {
  return /^https?:\/\//i.test(value);
}

function PlaceName({ place }: { place: NonNullable<NonNullable<Customer["context"]>["place"]> }) {
  const words = useTranslations("places");
  const locale = useLocale();
  const name = placeName(`${place.country}/${place.region}`, locale, words as Parameters<typeof placeName>[2]);
  // Cities are known by their Chinese names only.
  return <>{locale === "zh-CN" && place.city && place.city !== `${name}市` ? `${name} ${place.city}` : name}</>;
}

export function PageFacts({ context }: { context: NonNullable<Customer["context"]> }) {
  const t = useTranslations("desk.customer");
  const { url, title, referrer, userAgent, place, ip } = context;
  if (!url && !referrer && !userAgent && !place && !ip) {
    return null;
  }
  return (
    <PanelSection title={t("context")}>
      {url && isWebAddress(url) ? (
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
      ) : null}
      <dl>
        {referrer ? (
          <Fact name={t("referrer")}>
            <span className="line-clamp-1">{referrer}</span>
          </Fact>
        ) : null}
        {place ? (
          <Fact name={t("place")}>
            <PlaceName place={place} />
          </Fact>
        ) : null}
        {ip ? <Fact name={t("address")}>{ip}</Fact> : null}
        {userAgent ? (
          <Fact name={t("device")}>
            <span className="line-clamp-2 text-xs text-ink-muted">{userAgent}</span>
          </Fact>
        ) : null}
      </dl>
    </PanelSection>
  );
}

export function AttributeFacts({ attributes }: { attributes: Customer["attributes"] }) {
  const t = useTranslations("desk.customer");
  const entries = Object.entries(attributes);
  return entries.length === 0 ? null : (
    <PanelSection title={t("attributes")}>
      <dl>
        {entries.map(([name, value]) => (
          <Fact key={name} name={name}>
            {typeof value === "boolean" ? t(value ? "yes" : "no") : String(value)}
          </Fact>
        ))}
      </dl>
    </PanelSection>
  );
}

export function IdentityList({ identities }: { identities: Customer["identities"] }) {
  const t = useTranslations("desk.customer");
  return (
    <PanelSection title={t("identities")}>
      <ul className="flex flex-col gap-1.5">
        {identities.map((identity) => (
          <li key={`${identity.channelName}:${identity.externalId}`} className="flex items-center gap-2 text-sm">
            <span className="shrink-0">{identity.channelName}</span>
            <span title={identity.externalId} className="min-w-0 flex-1 truncate text-ink-muted">
              {identity.externalId}
            </span>
            <Badge tone={identity.verified ? "success" : "neutral"} className="shrink-0">
              {identity.verified ? <ShieldCheck aria-hidden /> : null}
              {t(identity.verified ? "verified" : "unverified")}
            </Badge>
          </li>
        ))}
      </ul>
    </PanelSection>
  );
}
