import { deleteCaseOperation, updateCaseOperation } from "@/lib/bot/case-operations";
import { defineRoute } from "@/lib/web/define-route";

export const PATCH = defineRoute(updateCaseOperation);
export const DELETE = defineRoute(deleteCaseOperation);
