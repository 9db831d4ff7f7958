import { testProviderOperation } from "@/lib/bot/provider-operations";
import { defineRoute } from "@/lib/web/define-route";

export const POST = defineRoute(testProviderOperation);
