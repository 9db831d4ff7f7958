import { updateMerchantOperation } from "@/lib/composition/merchant-operations";
import { defineRoute } from "@/lib/web/define-route";

export const PATCH = defineRoute(updateMerchantOperation);
