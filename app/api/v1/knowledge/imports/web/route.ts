import { startWebImportOperation } from "@/lib/knowledge/imports/operations";
import { defineRoute } from "@/lib/web/define-route";

export const POST = defineRoute(startWebImportOperation);
