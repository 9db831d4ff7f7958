import { getStatsOperation } from "@/lib/composition/compatibility/operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(getStatsOperation);
