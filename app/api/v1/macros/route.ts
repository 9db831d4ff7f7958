import { createMacroOperation, listMacrosOperation } from "@/lib/conversations/macro-operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(listMacrosOperation);
export const POST = defineRoute(createMacroOperation);
