"use client";

import { Store } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Input } from "@/components/ui/input";
import { listReceivingMerchants } from "@/lib/conversations/contracts";
import type { ReceivingMerchant } from "@/lib/conversations/schema";
import { useDesk } from "../desk-provider";
import { TransferOption, type TransferTarget } from "./transfer-option";

/** From this many merchants on there is a field to search them. */
const SEARCH_FROM = 8;

interface MerchantOptionsProps {
  conversationId: string;
  target: TransferTarget | undefined;
  onChoose: (target: TransferTarget) => void;
}

/** Other merchants on this platform that take this conversation; nothing where there are none. */
export function MerchantOptions({ conversationId, target, onChoose }: MerchantOptionsProps) {
  const t = useTranslations("desk.transfer");
  const { call } = useDesk();
  const [search, setSearch] = useState("");
  const [merchants, setMerchants] = useState<readonly ReceivingMerchant[]>([]);
  const [isLong, setIsLong] = useState(false);
  useEffect(() => {
    const controller = new AbortController();
    const request = { params: { id: conversationId }, query: { search } };
    call(listReceivingMerchants, request, controller.signal)
      .then(({ items }) => {
        setMerchants(items);
        setIsLong((was) => was || items.length >= SEARCH_FROM);
      })
      // The other targets are there without them.
      .catch(() => undefined);
    return () => controller.abort();
  }, [call, conversationId, search]);
  if (merchants.length === 0 && !isLong) {
    return null;
  }
  return (
    <>
      <p className="pt-2 pb-1 text-sm font-medium">{t("merchants")}</p>
      {isLong ? (
        <Input
          type="search"
          aria-label={t("merchantSearch")}
          placeholder={t("merchantSearch")}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      ) : null}
      {merchants.length === 0 ? <p className="px-2 py-3 text-sm text-ink-muted">{t("merchantMissing")}</p> : null}
      {merchants.map(({ id, name, agentsOnline }) => (
        <TransferOption
          key={id}
          chosen={target?.kind === "merchant" && target.merchantId === id}
          onChoose={() => onChoose({ kind: "merchant", merchantId: id })}
        >
          <span
            aria-hidden
            className="inline-flex size-8 items-center justify-center rounded-sm bg-sunken text-ink-muted [&_svg]:size-4.5"
          >
            <Store />
          </span>
          <span className="min-w-0 flex-1 truncate">{name}</span>
          <span className="text-xs text-ink-subtle">{t("merchantOnline", { count: agentsOnline })}</span>
        </TransferOption>
      ))}
      {target?.kind === "merchant" ? <p className="px-2 pb-1 text-xs text-ink-subtle">{t("merchantHint")}</p> : null}
    </>
  );
}
