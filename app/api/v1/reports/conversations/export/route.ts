import { exportReportConversations } from "@/lib/composition/report-exports";

export const GET = exportReportConversations;
