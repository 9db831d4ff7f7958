import { switchSharedCollectionOperation } from "@/lib/knowledge/collection-operations";
import { defineRoute } from "@/lib/web/define-route";

export const PUT = defineRoute(switchSharedCollectionOperation);
