import { createCollectionOperation } from "@/lib/knowledge/collection-operations";
import { listCollectionsOperation } from "@/lib/knowledge/operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(listCollectionsOperation);
export const POST = defineRoute(createCollectionOperation);
