"use client";

import { useCallback, useEffect, useState } from "react";
import { answerOffer, listOffers, type Offer, withdrawOffer } from "@/lib/conversations/offer-contracts";
import { useDesk, useDeskState } from "../desk-provider";

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
  const connection = useDeskState((state) => state.connection);
  const [offers, setOffers] = useState<readonly Offer[]>([]);
  const refresh = useCallback(
    () =>
      call(listOffers, {}).then(
        ({ items }) => setOffers(items),
        // The next change or connection asks again.
        () => undefined,
      ),
    [call],
  );
  useEffect(() => {
    if (connection !== "lost" && changed >= 0) {
      void refresh();
    }
  }, [refresh, changed, connection]);

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
