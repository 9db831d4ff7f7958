import { priorityOperation } from "@/lib/conversations/triage-operations";
import { defineRoute } from "@/lib/web/define-route";

export const POST = defineRoute(priorityOperation);
