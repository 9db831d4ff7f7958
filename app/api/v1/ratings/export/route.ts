import { exportRatings } from "@/lib/composition/report-exports";

export const GET = exportRatings;
