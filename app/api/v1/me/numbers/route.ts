import { getOwnNumbersOperation } from "@/lib/analytics/operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(getOwnNumbersOperation);
