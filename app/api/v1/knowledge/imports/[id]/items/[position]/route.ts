import { chooseForItemOperation } from "@/lib/knowledge/imports/operations";
import { defineRoute } from "@/lib/web/define-route";

export const PUT = defineRoute(chooseForItemOperation);
