import { runMacroOperation } from "@/lib/conversations/macro-operations";
import { defineRoute } from "@/lib/web/define-route";

export const POST = defineRoute(runMacroOperation);
