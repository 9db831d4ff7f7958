import { getQualityOperation } from "@/lib/bot/quality-operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(getQualityOperation);
