"use client";

import { useCallback } from "react";
import { answerOffer, listOffers, type Offer, withdrawOffer } from "@/lib/conversations/offer-contracts";
import { useDesk, useDeskState } from "../desk-provider";
import { useLiveList } from "../use-live-list";

export interface Offers {
  readonly offers: readonly Offer[];
  readonly answer: (offer: Offer, answer: { accept: boolean; reason?: string }) => Promise<void>;
  readonly withdraw: (offer: Offer) => Promise<void>;
}

/** What is held out to the agent and by them, read anew whenever the desk is told of a change or is connected again. */
export function useOffers(): Offers {
  const desk = useDesk();
  const { call } = desk;
  const changed = useDeskState((state) => state.offersChanged);
  const ask = useCallback(() => call(listOffers, {}), [call]);
  const { items: offers, refresh } = useLiveList<Offer>(ask, changed);

  const after = async (work: Promise<unknown>, conversationId: string): Promise<void> => {
    try {
      await work;
    } finally {
      await Promise.all([refresh(), desk.list.fetchRow(conversationId)]);
    }
  };
  return {
    offers,
    answer: (offer, answer) =>
      after(call(answerOffer, { params: { id: offer.id }, body: answer }), offer.conversationId),
    withdraw: (offer) => after(call(withdrawOffer, { params: { id: offer.id } }), offer.conversationId),
  };
}
