import { restoreCollectionOperation } from "@/lib/knowledge/collection-operations";
import { defineRoute } from "@/lib/web/define-route";

export const POST = defineRoute(restoreCollectionOperation);
