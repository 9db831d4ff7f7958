import { retryJobOperation } from "@/lib/composition/failed-jobs-operations";
import { defineRoute } from "@/lib/web/define-route";

export const POST = defineRoute(retryJobOperation);
