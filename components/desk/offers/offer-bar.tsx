"use client";

import { ArrowLeftRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { toast } from "sonner";
import { useProblemText } from "@/components/shell/use-problem-text";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import type { Offer } from "@/lib/conversations/offer-contracts";
import { useGo } from "../use-place";
import { type Offers, useOffers } from "./use-offers";

const SECOND = 1_000;

function Left({ until }: { until: string }) {
  const t = useTranslations("desk.offers");
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), SECOND);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.ceil((Date.parse(until) - now) / SECOND));
  return (
    <span className="text-xs tabular-nums">
      <span className="sr-only">{t("leftLabel", { seconds })}</span>
      <span aria-hidden>{t("left", { seconds })}</span>
    </span>
  );
}

/** Declining, with a word of why for the one who asked. */
function Decline({ busy, onDecline }: { busy: boolean; onDecline: (reason: string) => void }) {
  const t = useTranslations("desk.offers");
  const [reason, setReason] = useState("");
  return (
    <Popover>
      <PopoverTrigger asChild>
        <Button size="sm">{t("decline")}</Button>
      </PopoverTrigger>
      <PopoverContent aria-label={t("decline")}>
        <form
          className="flex gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            onDecline(reason.trim());
          }}
        >
          <Input
            aria-label={t("declineReason")}
            placeholder={t("declineReason")}
            maxLength={300}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
          <Button type="submit" variant="primary" loading={busy}>
            {t("decline")}
          </Button>
        </form>
      </PopoverContent>
    </Popover>
  );
}

function OfferLine({ offer, answer, withdraw }: { offer: Offer } & Omit<Offers, "offers">) {
  const t = useTranslations("desk.offers");
  const problemText = useProblemText();
  const go = useGo();
  const [busy, setBusy] = useState(false);
  const other = offer.incoming ? offer.from : offer.to;
  const values = { name: other?.name ?? t("somebody"), customer: offer.customerName ?? t("customer") };

  async function run(work: Promise<void>, done: "accepted" | "declined" | "withdrawn"): Promise<void> {
    setBusy(true);
    try {
      await work;
      toast.success(t(done));
      if (done === "accepted") {
        go({ conversationId: offer.conversationId, tab: "mine" });
      }
    } catch (error) {
      toast.error(problemText(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <li className="flex flex-wrap items-center gap-x-3 sm:justify-center gap-y-1.5 border-b border-line bg-accent-soft px-4 py-1.5 text-sm text-accent-ink">
      <span className="flex min-w-0 items-start gap-2 max-sm:basis-full">
        <ArrowLeftRight aria-hidden className="mt-0.5 size-4 shrink-0" />
        <span className="min-w-0">
          {t(offer.incoming ? "incoming" : "outgoing", values)}
          {offer.note === "" ? null : <span className="text-ink-muted"> · {t("note", { note: offer.note })}</span>}
        </span>
      </span>
      <Left until={offer.expiresAt} />
      {offer.incoming ? (
        <span className="flex items-center gap-2">
          <Button
            size="sm"
            variant="primary"
            loading={busy}
            onClick={() => void run(answer(offer, { accept: true }), "accepted")}
          >
            {t("accept")}
          </Button>
          <Decline busy={busy} onDecline={(reason) => void run(answer(offer, { accept: false, reason }), "declined")} />
          <Button size="sm" variant="ghost" onClick={() => go({ conversationId: offer.conversationId })}>
            {t("look")}
          </Button>
        </span>
      ) : (
        <Button size="sm" loading={busy} onClick={() => void run(withdraw(offer), "withdrawn")}>
          {t("withdraw")}
        </Button>
      )}
    </li>
  );
}

/** Lines across the top of the desk while a conversation is held out to the agent, or by them. */
export function OfferBar() {
  const t = useTranslations("desk.offers");
  const { offers, answer, withdraw } = useOffers();
  return (
    <ul aria-label={t("label")} aria-live="polite">
      {offers.map((offer) => (
        <OfferLine key={offer.id} offer={offer} answer={answer} withdraw={withdraw} />
      ))}
    </ul>
  );
}
