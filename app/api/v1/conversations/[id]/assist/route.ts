import { assistOperation } from "@/lib/bot/assist-operations";
import { defineRoute } from "@/lib/web/define-route";

export const POST = defineRoute(assistOperation);
