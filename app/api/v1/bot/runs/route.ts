import { listRunsOperation, runCasesOperation } from "@/lib/bot/case-operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(listRunsOperation);
export const POST = defineRoute(runCasesOperation);
