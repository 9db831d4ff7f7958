import { dismissGapOperation } from "@/lib/knowledge/gap-operations";
import { defineRoute } from "@/lib/web/define-route";

export const POST = defineRoute(dismissGapOperation);
