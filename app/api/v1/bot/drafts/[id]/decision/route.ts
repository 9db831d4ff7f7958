import { decideDraftOperation } from "@/lib/bot/draft-operations";
import { defineRoute } from "@/lib/web/define-route";

export const POST = defineRoute(decideDraftOperation);
