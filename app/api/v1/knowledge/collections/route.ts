import { listCollectionsOperation } from "@/lib/knowledge/operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(listCollectionsOperation);
