import { removeCollectionOperation, updateCollectionOperation } from "@/lib/knowledge/collection-operations";
import { defineRoute } from "@/lib/web/define-route";

export const PATCH = defineRoute(updateCollectionOperation);
export const DELETE = defineRoute(removeCollectionOperation);
