import { exportReport } from "@/lib/composition/exports";

export const GET = exportReport;
