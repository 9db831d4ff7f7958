import { restoreVersionOperation } from "@/lib/knowledge/review-operations";
import { defineRoute } from "@/lib/web/define-route";

export const POST = defineRoute(restoreVersionOperation);
