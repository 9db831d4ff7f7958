"use client";

import { ShieldCheck } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useLanguageName } from "@/components/knowledge/use-language-name";
import { Badge } from "@/components/ui/badge";
import { DateTime, RelativeTime } from "@/components/ui/relative-time";
import type { Customer } from "@/lib/customers/schema";
import { formatMoney, formatNumber } from "@/lib/i18n/format";
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
  const languageName = useLanguageName();
  return (
    <dl>
      <Fact name={t("lastSeen")}>
        {customer.lastSeenAt === null ? t("never") : <RelativeTime date={customer.lastSeenAt} />}
      </Fact>
      <Fact name={t("firstSeen")}>
        <DateTime date={customer.createdAt} format="date" />
      </Fact>
      {customer.locale === null ? null : <Fact name={t("language")}>{languageName(customer.locale)}</Fact>}
    </dl>
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
