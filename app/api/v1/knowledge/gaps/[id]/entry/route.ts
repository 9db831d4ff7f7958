import { beginAnswerOperation } from "@/lib/knowledge/gap-operations";
import { defineRoute } from "@/lib/web/define-route";

export const PUT = defineRoute(beginAnswerOperation);
