import { exportAudit } from "@/lib/composition/exports";

export const GET = exportAudit;
