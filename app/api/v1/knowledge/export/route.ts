import { exportKnowledge } from "@/lib/composition/exports";

export const GET = exportKnowledge;
