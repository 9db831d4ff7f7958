import { listOffersOperation } from "@/lib/conversations/offer-operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(listOffersOperation);
