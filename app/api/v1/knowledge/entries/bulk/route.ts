import { changeEntriesOperation } from "@/lib/knowledge/bulk-operations";
import { defineRoute } from "@/lib/web/define-route";

export const POST = defineRoute(changeEntriesOperation);
