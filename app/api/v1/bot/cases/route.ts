import { createCaseOperation, listCasesOperation } from "@/lib/bot/case-operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(listCasesOperation);
export const POST = defineRoute(createCaseOperation);
