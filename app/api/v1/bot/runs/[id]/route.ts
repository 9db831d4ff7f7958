import { getRunOperation } from "@/lib/bot/case-operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(getRunOperation);
