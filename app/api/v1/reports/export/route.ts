import { exportReport } from "@/lib/composition/report-exports";

export const GET = exportReport;
