import { exportQuickReplies } from "@/lib/composition/exports";

export const GET = exportQuickReplies;
