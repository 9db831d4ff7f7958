import { withdrawOfferOperation } from "@/lib/conversations/offer-operations";
import { defineRoute } from "@/lib/web/define-route";

export const DELETE = defineRoute(withdrawOfferOperation);
