import { deleteMacroOperation, updateMacroOperation } from "@/lib/conversations/macro-operations";
import { defineRoute } from "@/lib/web/define-route";

export const PATCH = defineRoute(updateMacroOperation);
export const DELETE = defineRoute(deleteMacroOperation);
