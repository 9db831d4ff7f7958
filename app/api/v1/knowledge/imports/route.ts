import { listImportsOperation } from "@/lib/knowledge/imports/operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(listImportsOperation);
