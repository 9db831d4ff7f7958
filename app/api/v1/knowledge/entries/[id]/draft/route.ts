import { discardDraftOperation, saveDraftOperation } from "@/lib/knowledge/review-operations";
import { defineRoute } from "@/lib/web/define-route";

export const PUT = defineRoute(saveDraftOperation);
export const DELETE = defineRoute(discardDraftOperation);
