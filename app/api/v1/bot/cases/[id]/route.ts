import { deleteCaseOperation } from "@/lib/bot/case-operations";
import { defineRoute } from "@/lib/web/define-route";

export const DELETE = defineRoute(deleteCaseOperation);
