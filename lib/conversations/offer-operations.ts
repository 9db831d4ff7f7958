import { operation } from "@/lib/platform/http/handler";
import * as contracts from "./offer-contracts";
import * as service from "./offer-service";

const done = { ok: true } as const;

export const listOffersOperation = operation(contracts.listOffers, async (_, context) => ({
  items: await service.listOffers(context),
}));
export const answerOfferOperation = operation(contracts.answerOffer, async ({ params, body }, context) => {
  await service.answerOffer(context, params.id, body);
  return done;
});
export const withdrawOfferOperation = operation(contracts.withdrawOffer, async ({ params }, context) => {
  await service.withdrawOffer(context, params.id);
  return done;
});
