import { listGapsOperation } from "@/lib/knowledge/gap-operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(listGapsOperation);
