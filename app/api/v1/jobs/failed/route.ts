import { listFailedJobsOperation } from "@/lib/composition/failed-jobs-operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(listFailedJobsOperation);
