import { listReportConversationsOperation } from "@/lib/analytics/report-operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(listReportConversationsOperation);
