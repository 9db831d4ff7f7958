import { publishEntryOperation } from "@/lib/knowledge/review-operations";
import { defineRoute } from "@/lib/web/define-route";

export const POST = defineRoute(publishEntryOperation);
