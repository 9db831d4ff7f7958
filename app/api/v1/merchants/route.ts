import { createMerchantOperation, listMerchantsOperation } from "@/lib/composition/merchant-operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(listMerchantsOperation);
export const POST = defineRoute(createMerchantOperation);
