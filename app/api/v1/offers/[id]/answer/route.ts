import { answerOfferOperation } from "@/lib/conversations/offer-operations";
import { defineRoute } from "@/lib/web/define-route";

export const POST = defineRoute(answerOfferOperation);
