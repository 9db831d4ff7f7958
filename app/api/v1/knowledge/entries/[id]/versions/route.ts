import { listVersionsOperation } from "@/lib/knowledge/review-operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(listVersionsOperation);
